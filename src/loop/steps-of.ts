// The steps of a finished trace, as loop detection counts them.
import type { TraceEvent } from '../trace/event.ts';
import type { Step } from './step.ts';
import { StepReader } from './step-reader.ts';

/** By place. What people and environments say has a place of its own, and is no step. */
export function stepsOf(events: Iterable<TraceEvent>): readonly Step[] {
  const reader = new StepReader();
  const steps: Step[] = [];
  for (const event of events) {
    const step = reader.read(event);
    if (step !== null) steps.push(step);
  }
  return steps.sort((one, other) => one.place - other.place);
}
