// Paused work, a part of S7: nothing new is sent out between a pause and the word to go on.
import type { TraceIndex } from './trace-index.ts';
import { broken, held, type Ruling } from './verdict.ts';

/** What was under way before the pause may be sent again by a process that takes over. */
export function checkPauses(index: TraceIndex): Ruling {
  let paused: number | null = null;
  const recoveries = new Set<number>();
  for (const event of index.pauses) {
    if (event.kind === 'outside.accepted') {
      if (event.event === 'paused') paused ??= event.seq;
      else if (event.event === 'resumed') paused = null;
      else if (event.event === 'recovered') recoveries.add(event.seq);
    } else if (paused !== null && !recoveries.has(event.cause)) {
      return broken(`${event.kind} while the mission was paused`, paused, event.seq);
    }
  }
  return held;
}
