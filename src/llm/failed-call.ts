// A failed call: what a model double throws when its answer is that the provider failed.
import type { ModelFailure } from '../team/ask.ts';
import type { SentReply } from './sent-reply.ts';

/** Carries a failure out of `ModelDouble.answer`; the edge that asked turns it into a `failed` outcome. */
export class FailedCall extends Error {
  readonly failure: ModelFailure;
  /** How the provider itself said it; null where it did not. */
  readonly sent: SentReply | null;

  constructor(failure: ModelFailure, sent: SentReply | null = null) {
    super(failure.message);
    this.name = 'FailedCall';
    this.failure = failure;
    this.sent = sent;
  }
}
