// Arrival: when an outcome reaches the team, so that time which chaos put in is not charged to it.
import type { CrossingLayer } from './crossing.ts';
import { deliveryMs } from './delivery.ts';
import type { OutcomeByLayer } from './outcome.ts';

type AnyOutcome = OutcomeByLayer[CrossingLayer];

/** Milliseconds from the call until the outcome is there; null when it never comes. */
export function arrivalMs(outcome: AnyOutcome): number | null {
  switch (outcome.kind) {
    case 'answered':
      return deliveryMs(outcome.answer, outcome.delivery);
    case 'failed':
    case 'returned':
    case 'delivered':
    case 'checked':
    case 'decided':
      return outcome.afterMs;
    case 'crashed':
      return outcome.downMs * outcome.times;
    case 'running':
    case 'mail':
      return 0;
    case 'silent':
    case 'lost':
      return null;
  }
}

/**
 * How much later `bent` arrives than `unbent` would have. 0 when it is not later, or when one of them never arrives:
 * how long the team then waits is its own choice. A null `unbent` (nothing was asked of the world) counts as 0 ms.
 */
export function addedDelayMs(unbent: AnyOutcome | null, bent: AnyOutcome): number {
  const from = unbent === null ? 0 : arrivalMs(unbent);
  const to = arrivalMs(bent);
  return from === null || to === null ? 0 : Math.max(0, to - from);
}
