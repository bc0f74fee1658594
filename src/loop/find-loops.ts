// Loops of a finished trace: the watch on line, run over all of it at once.
import type { TraceEvent } from '../trace/event.ts';
import type { Loop } from './loop.ts';
import { createLoopWatch } from './loop-watch.ts';
import { roundLimits, type RoundLimits } from './round.ts';

/** All loops by first step; iterations are among them and are no faults (`isFault`). Linear in the events. */
export function findLoops(events: Iterable<TraceEvent>, limits: RoundLimits = roundLimits): readonly Loop[] {
  const watch = createLoopWatch(limits);
  for (const event of events) watch.onEvent(event);
  return watch.end();
}
