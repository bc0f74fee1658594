// Loops in a finished trace that are faults: agents that go round and round to no effect.
import { findLoops } from '../loop/find-loops.ts';
import { isFault, type Loop } from '../loop/loop.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { Trace } from '../trace/trace.ts';

/** By first step. Answers that a steward did not take are left out, because nobody acted on them. */
export function faultyLoops(trace: Trace): readonly Loop[] {
  return findLoops(trace.team === null ? trace.events : takenEvents(trace)).filter(isFault);
}

function takenEvents({ events }: Trace): readonly TraceEvent[] {
  const taken = new Set<string>();
  for (const event of events) if (event.kind === 'answer.accepted') taken.add(event.command);
  return events.filter((event) => event.kind !== 'model.answered' || taken.has(event.call));
}
