// The ending of a run: how its mission ended, or why it stopped before that.
import type { TraceEventOf } from '../trace/event.ts';
import type { Trace } from '../trace/trace.ts';

/** `open`: the run stopped and the mission had not ended; `why` is null where the trace does not even say that. */
export type Ending =
  | { readonly kind: 'ended'; readonly end: TraceEventOf<'mission.ended'>['end']; readonly reason: string }
  | {
      readonly kind: 'open';
      readonly why: TraceEventOf<'run.stopped'>['why'] | null;
      readonly detail: string;
    };

/** Trouble of the harness itself wins over whatever the mission said. */
export function endingOf(trace: Trace): Ending {
  let stop: TraceEventOf<'run.stopped'> | null = null;
  for (let place = trace.events.length - 1; place >= 0; place -= 1) {
    const event = trace.events[place]!;
    if (event.kind === 'run.stopped') stop = event;
    if (event.kind !== 'mission.ended' || stop?.why === 'error') continue;
    return { kind: 'ended', end: event.end, reason: event.reason };
  }
  return { kind: 'open', why: stop?.why ?? null, detail: stop?.detail ?? '' };
}
