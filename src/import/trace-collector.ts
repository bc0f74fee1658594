// The trace collector: keeps an import whole, one trace a run.
import type { TraceEvent } from '../trace/event.ts';
import type { Trace } from '../trace/trace.ts';
import type { ImportTarget } from './assembly/assembler.ts';
import type { TraceHead } from './format.ts';
import type { ImportedAsk } from './imported.ts';

export class TraceCollector implements ImportTarget {
  readonly ask: ((ask: ImportedAsk) => void) | null;
  readonly #runs = new Map<string, TraceEvent[]>();
  readonly #heads = new Map<string, TraceHead>();

  constructor(ask: ((ask: ImportedAsk) => void) | null) {
    this.ask = ask;
  }

  event(run: string, event: TraceEvent): void {
    const events = this.#runs.get(run);
    if (events === undefined) this.#runs.set(run, [event]);
    else events.push(event);
  }

  head(run: string, head: TraceHead): void {
    this.#heads.set(run, head);
    if (!this.#runs.has(run)) this.#runs.set(run, []);
  }

  traces(format: string): readonly Trace[] {
    return [...this.#runs].map(([run, events]) => {
      const head = this.#heads.get(run) ?? unknownHead(format, run, events[0]?.atMs ?? 0);
      return { ...head, events };
    });
  }
}

/** What is known of a team that only its log tells of. */
function unknownHead(format: string, run: string, startedAtMs: number): TraceHead {
  return {
    schemaVersion: 1,
    subject: `imported from ${format}`,
    mission: { id: run === '' ? 'imported' : run, goal: '', input: {}, context: {} },
    team: null,
    seed: 0,
    startedAtMs,
    result: null,
    audit: null,
    state: null,
  };
}
