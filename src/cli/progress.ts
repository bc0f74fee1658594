// Progress: one line on a terminal that says which scenario runs and how many are done.
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { visibleText } from '../report/visible-text.ts';

interface UserLog {
  readonly content: string;
}

/** Silent where stderr is no terminal. What suites print goes to stderr, since stdout is for the report. */
export class Progress implements Reporter {
  readonly #running = new Set<string>();
  #total = 0;
  #done = 0;

  onTestModuleCollected(module: TestModule): void {
    for (const test of module.children.allTests()) if (test.options.mode === 'run') this.#total += 1;
    this.#draw();
  }

  onTestCaseReady(test: TestCase): void {
    this.#running.add(test.name);
    this.#draw();
  }

  onTestCaseResult(test: TestCase): void {
    this.#running.delete(test.name);
    if (test.result().state !== 'skipped') this.#done += 1;
    this.#draw();
  }

  onUserConsoleLog({ content }: UserLog): void {
    this.#erase();
    process.stderr.write(content);
  }

  onTestRunEnd(): void {
    this.#erase();
  }

  #draw(): void {
    if (!process.stderr.isTTY) return;
    const now = [...this.#running].map(visibleText).join(', ');
    const line = `${this.#done} of ${this.#total} scenarios  ${now}`;
    this.#erase();
    process.stderr.write(line.slice(0, (process.stderr.columns || 80) - 1));
  }

  #erase(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
}
