// A failed model call, with the parts that most failures do not have left at nothing.
import type { ModelFailure } from '../../team/ask.ts';
import type { ModelOutcome } from '../outcome.ts';

type Failed = Extract<ModelOutcome, { readonly kind: 'failed' }>;

/** Nothing billed, no headers, unless `more` says otherwise. */
export function failedModel(
  failure: ModelFailure,
  afterMs: number,
  more: Partial<Pick<Failed, 'headers' | 'rawBody' | 'billed'>> = {},
): Failed {
  return { kind: 'failed', failure, afterMs, headers: {}, billed: null, ...more };
}
