// Later: the same outcome, so many milliseconds further off.
import type { ApprovalOutcome, GateOutcome, HandoffOutcome, ModelOutcome, ToolOutcome } from '../outcome.ts';

/** A model's answer gets its headers later, a failure arrives later, silence stays what it is. */
export function laterModel(outcome: ModelOutcome, ms: number): ModelOutcome | null {
  switch (outcome.kind) {
    case 'answered': {
      const latencyMs = outcome.delivery.latencyMs + ms;
      return { ...outcome, delivery: { ...outcome.delivery, latencyMs } };
    }
    case 'failed':
      return { ...outcome, afterMs: outcome.afterMs + ms };
    case 'silent':
      return null;
  }
}

type Timed = Extract<
  ToolOutcome | HandoffOutcome | GateOutcome | ApprovalOutcome,
  { readonly afterMs: number }
>;

/** For outcomes with an `afterMs`. */
export function later<O extends Timed>(outcome: O, ms: number): O {
  return { ...outcome, afterMs: outcome.afterMs + ms };
}
