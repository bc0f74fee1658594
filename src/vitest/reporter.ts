// The reporter of a plain vitest run: writes the report when the last test has ended, and says so in one line.
import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { elapsedMs, wallClock } from '../base/clock.ts';
import { gateText } from '../report/gate-text.ts';
import { reportData } from '../report/report-data.ts';
import { reportFiles } from '../report/report-files.ts';
import { measuredRun } from './measured-run.ts';
import { latestReport, writeReport } from './report-folder.ts';
import type { MusterSettings } from './settings.ts';
import { isSuite } from './suite-file.ts';
import { isMusterError } from './suite-mistake.ts';

/** A run without a scenario leaves the last report alone. */
export class MusterReporter implements Reporter {
  readonly writesMusterReports = true;
  readonly #vitest: Vitest;
  readonly #settings: MusterSettings;
  #startedAtMs = 0;
  #elapsedAtMs = 0;

  constructor(vitest: Vitest, settings: MusterSettings) {
    this.#vitest = vitest;
    this.#settings = settings;
  }

  onTestRunStart(): void {
    this.#startedAtMs = wallClock.now();
    this.#elapsedAtMs = elapsedMs();
  }

  onTestRunEnd(testModules: readonly TestModule[], _errors: readonly unknown[], reason: string): void {
    if (reason === 'interrupted') return;
    const { campaign } = measuredRun({
      testModules: testModules.filter(isSuite),
      unhandledErrors: [],
      settings: this.#settings,
      wall: {
        startedAtMs: this.#startedAtMs,
        durationMs: elapsedMs() - this.#elapsedAtMs,
        workers: workersOf(this.#vitest),
      },
    });
    if (campaign.scenarios.length === 0) return;
    const data = reportData(campaign);
    try {
      writeReport(this.#settings.root, reportFiles(data));
      this.#vitest.logger.log(
        `muster: gate ${data.summary.verdict}, ${gateText(data.summary)}; ${latestReport}/index.html`,
      );
    } catch (error) {
      if (!isMusterError(error)) throw error;
      this.#vitest.logger.error(error.message);
      process.exitCode = 2;
    }
  }
}

/** Workers at most, as vitest was told or chose. */
export function workersOf({ config }: Vitest): number {
  return Number(config.maxWorkers) || 1;
}
