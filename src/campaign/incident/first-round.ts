// The first round of a loop alone: a trace without the repetitions, which a test of the loop must pass.
import type { Loop } from '../../loop/loop.ts';
import { stepsOf } from '../../loop/steps-of.ts';
import type { Trace } from '../../trace/trace.ts';

/** What came after the repetitions goes as well: it rests on them. */
export function firstRoundOnly(
  trace: Trace,
  { firstStep, period }: Pick<Loop, 'firstStep' | 'period'>,
): Trace {
  const second = stepsOf(trace.events).find(({ place }) => place >= firstStep + Math.max(1, period));
  if (second === undefined) return trace;
  return { ...trace, events: trace.events.filter(({ seq }) => seq < second.seq) };
}
