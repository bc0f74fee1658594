// llm.authError: the provider refuses the key.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { failedModel } from './failed-model.ts';

const messages = {
  401: 'Incorrect API key provided.',
  403: 'The key has no access to this model.',
} as const;

export const llmAuthError = defineFault({
  kind: 'llm.authError',
  catalogueLayer: 'LLM transport',
  family: 'failures',
  layer: 'llm',
  phase: 'request',
  summary: 'The provider refuses the key: 401 or 403, and no retry will help.',
  parameters: z.strictObject({ status: z.literal([401, 403]).default(401) }),
  examples: [{ status: 401 }, { status: 403 }],
  bend: (_bending, { status }) =>
    failedModel({ reason: 'unauthorised', status, message: messages[status], retryable: false }, 0),
});
