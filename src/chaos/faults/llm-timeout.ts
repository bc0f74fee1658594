// llm.timeout: the call is given up after a time; or the answer never comes and nobody gives up.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { failedModel } from './failed-model.ts';
import { milliseconds } from './measures.ts';

export const llmTimeout = defineFault({
  kind: 'llm.timeout',
  catalogueLayer: 'LLM transport',
  family: 'delays',
  layer: 'llm',
  phase: 'request',
  summary: 'The call times out instead of being answered.',
  parameters: z.strictObject({
    afterMs: milliseconds.default(60_000),
    how: z
      .enum(['throw', 'hang'])
      .default('throw')
      .describe('throw: the caller is told; hang: the caller must notice by itself'),
  }),
  examples: [
    { afterMs: 1, how: 'throw' },
    { afterMs: 60_000, how: 'throw' },
    { afterMs: 60_000, how: 'hang' },
  ],
  bend(_bending, { afterMs, how }) {
    if (how === 'hang') return { kind: 'silent', billed: null };
    return failedModel({ reason: 'timeout', message: 'Request timed out.', retryable: true }, afterMs);
  },
});
