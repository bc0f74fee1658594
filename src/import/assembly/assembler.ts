// The assembler: takes what a reader finds, puts the steps of each run in order and writes its events.
import type { TraceEvent } from '../../trace/event.ts';
import type { Keeps, Skipped, StepSink, TraceHead } from '../format.ts';
import type { ImportedAsk } from '../imported.ts';
import { SkipBook } from '../skip-book.ts';
import type { Step } from '../step.ts';
import { RunWriter } from './run-writer.ts';
import { orderSteps } from './step-order.ts';
import { StepWindow } from './step-window.ts';

/** Where an import goes: kept whole, or counted as it goes by. */
export interface ImportTarget {
  event(run: string, event: TraceEvent): void;
  head(run: string, head: TraceHead): void;
  /** Null: nobody wants to know what models were asked, so it is not read. */
  readonly ask: ((ask: ImportedAsk) => void) | null;
}

export class Assembler implements StepSink {
  readonly #target: ImportTarget;
  readonly #skips = new SkipBook();
  readonly #writers = new Map<string, RunWriter>();
  readonly #window: StepWindow;
  readonly keeps: Keeps;

  /** `stepsMax`: how many steps may wait to be put in order; Infinity where the file is held anyway. */
  constructor(target: ImportTarget, stepsMax: number) {
    this.#target = target;
    this.keeps = stepsMax !== Infinity ? 'nothing' : target.ask === null ? 'events' : 'asks';
    this.#window = new StepWindow({ stepsMax, flush: (run, steps) => this.#write(run, steps) });
  }

  step(step: Step): void {
    this.#window.add(step);
  }

  skip(what: string, why: string): void {
    this.#skips.skip(what, why);
  }

  head(run: string, head: TraceHead): void {
    this.#target.head(run, head);
  }

  event(run: string, event: TraceEvent): void {
    this.#target.event(run, event);
  }

  end(): readonly Skipped[] {
    this.#window.end();
    for (const writer of this.#writers.values()) writer.end();
    return this.#skips.lines();
  }

  #write(run: string, steps: readonly Step[]): void {
    const writer = this.#writers.get(run) ?? this.#open(run);
    for (const placed of orderSteps(steps, (what, why) => this.skip(what, why))) writer.write(placed);
  }

  /** In a bounded import the run that began first is over by the time that too many are open. */
  #open(run: string): RunWriter {
    const [oldest] = this.#writers;
    if (this.keeps === 'nothing' && this.#writers.size >= writersMax && oldest !== undefined) {
      oldest[1].end();
      this.#writers.delete(oldest[0]);
    }
    const writer = new RunWriter({
      run,
      event: (event) => this.#target.event(run, event),
      ask: this.#target.ask,
      skip: (what, why) => this.skip(what, why),
    });
    this.#writers.set(run, writer);
    return writer;
  }
}

const writersMax = 1024;
