// The recorder: stamps each event of a run with its place, its time and its cause.
import type { TraceBody, TraceEvent } from '../trace/event.ts';

export class Recorder {
  readonly events: TraceEvent[] = [];

  /** Takes the body over and returns its `seq`. */
  add(body: TraceBody, atMs: number, cause: number): number {
    const stamped = body as TraceBody & { seq: number; atMs: number; cause: number };
    const seq = this.events.push(stamped);
    stamped.seq = seq;
    stamped.atMs = atMs;
    stamped.cause = cause;
    return seq;
  }
}
