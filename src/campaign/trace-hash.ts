// The hash of a trace: equal for runs in which the same things happened.
import { fingerprintText } from '../base/fingerprint.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { Trace } from '../trace/trace.ts';

/**
 * In virtual time, of every event with its time and place. In the machine's own time two runs are alike when the same
 * things happened, whenever and in whatever order calls under way at once came in; what a program says of itself on
 * stderr is left out.
 */
export function traceHash({ clock, events }: Trace): string {
  if (clock !== 'wall') return fingerprintText(JSON.stringify(events));
  const happened = events.filter(({ kind }) => kind !== 'message.said').map(withoutPlace);
  return fingerprintText(happened.sort().join('\n'));
}

/** Running numbers tell when a call came in: its own, those that join it with others, and that of its crossing. */
function withoutPlace(event: TraceEvent): string {
  return JSON.stringify({
    ...event,
    seq: 0,
    atMs: 0,
    cause: 0,
    ...('call' in event ? { call: '' } : {}),
    ...('handoff' in event ? { handoff: '' } : {}),
    ...('crossing' in event ? { crossing: event.crossing.replace(/#\d+$/, '') } : {}),
  });
}
