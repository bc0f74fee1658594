// Detected loops, a part of S10: a loop that the steward is told of raises an alarm, and no agent is told to stop twice.
import type { TraceIndex } from './trace-index.ts';
import { broken, held, type Ruling } from './verdict.ts';

/** The alarms of a detected loop name it as their cause; those that the steward counts itself name something else. */
export function checkDetectedLoops(index: TraceIndex): Ruling {
  const silent = new Set<number>();
  const detected = new Set<number>();
  const told = new Set<string>();
  for (const event of index.loops) {
    if (event.kind === 'outside.accepted') {
      if (event.event !== 'loop.detected') continue;
      silent.add(event.seq);
      detected.add(event.seq);
    } else if (detected.has(event.cause)) {
      silent.delete(event.cause);
      if (event.action === 'break' && told.has(event.agent))
        return broken(`${event.agent} goes round again and is only told so`, event.seq);
      told.add(event.agent);
    }
  }
  for (const seq of silent) return broken('a loop was detected, and there was no alarm', seq);
  return held;
}
