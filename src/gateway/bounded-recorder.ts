// The bounded recorder: keeps the newest events of a run that may go on for days, and shows each to whoever watches.
import { Recorder } from '../engine/recorder.ts';
import type { TraceBody, TraceEvent } from '../trace/event.ts';
import type { GatewayLimits } from './limits.ts';

export interface BoundedRecorderParts {
  readonly limits: Pick<GatewayLimits, 'eventsMax' | 'traceCharsMax'>;
  readonly onEvent: (event: TraceEvent) => void;
}

/** Numbers go on when events are dropped: the first that is kept has the number of those dropped plus one. */
export class BoundedRecorder extends Recorder {
  readonly #parts: BoundedRecorderParts;
  #dropped = 0;
  #chars = 0;

  constructor(parts: BoundedRecorderParts) {
    super();
    this.#parts = parts;
  }

  /** Events that were dropped from the beginning. */
  get dropped(): number {
    return this.#dropped;
  }

  override add(body: TraceBody, atMs: number, cause: number): number {
    super.add(body, atMs, cause);
    const event = this.events.at(-1) as TraceEvent & { seq: number };
    event.seq += this.#dropped;
    this.#chars += charsOf(event);
    const { eventsMax, traceCharsMax } = this.#parts.limits;
    if (this.events.length > eventsMax || this.#chars > traceCharsMax) this.#dropOldest();
    this.#parts.onEvent(event);
    return event.seq;
  }

  /** A quarter at a time, so that dropping costs little for each event; the newest always stays. */
  #dropOldest(): void {
    const count = Math.min(Math.ceil(this.events.length / 4), this.events.length - 1);
    for (const event of this.events.splice(0, count)) this.#chars -= charsOf(event);
    this.#dropped += count;
  }
}

/** The contents alone: everything else of an event is small. */
function charsOf(event: TraceEvent): number {
  if (event.kind === 'model.failed') return event.message.length;
  if (event.kind === 'tool.returned') return typeof event.result === 'string' ? event.result.length : 0;
  if (event.kind !== 'model.answered') return 0;
  let chars = event.content.length;
  for (const call of event.toolCalls) chars += call.name.length + (call.argumentsText?.length ?? 100);
  return chars;
}
