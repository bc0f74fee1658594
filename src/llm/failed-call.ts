// A failed call: what a model double throws when its answer is that the provider failed.
import type { ModelFailure } from '../team/ask.ts';

/** Carries a failure out of `ModelDouble.answer`; the edge that asked turns it into a `failed` outcome. */
export class FailedCall extends Error {
  readonly failure: ModelFailure;

  constructor(failure: ModelFailure) {
    super(failure.message);
    this.name = 'FailedCall';
    this.failure = failure;
  }
}
