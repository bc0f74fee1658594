// A spoilt call: what a model double throws when its answer does not travel as answers do.
import type { ModelOutcome } from '../chaos/outcome.ts';

/** Carries a whole outcome out of `ModelDouble.answer`; the edge that asked carries it out. */
export class SpoiltCall extends Error {
  readonly outcome: ModelOutcome;

  constructor(outcome: ModelOutcome) {
    super(`the call is spoilt: ${outcome.kind}`);
    this.name = 'SpoiltCall';
    this.outcome = outcome;
  }
}
