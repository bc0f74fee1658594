// llm.rateLimit: the provider answers 429, for a number of calls in a row or for all beyond a quota.
import { z } from 'zod';
import { defineFault, type Bending } from '../fault.ts';
import { failedModel } from './failed-model.ts';
import { count, milliseconds } from './measures.ts';
import { retryAfter } from './retry-after.ts';

export const llmRateLimit = defineFault({
  kind: 'llm.rateLimit',
  catalogueLayer: 'LLM transport',
  family: 'failures',
  layer: 'llm',
  phase: 'request',
  summary: 'The provider answers 429 Too Many Requests.',
  parameters: z.strictObject({
    retryAfter: z.enum(['seconds', 'date', 'missing', 'wrong']).default('seconds'),
    retryAfterMs: milliseconds.default(20_000),
    burst: count.min(1).default(1).describe('calls in a row that are refused'),
    quotaCalls: count.default(0).describe('calls let through in each window; 0: no quota, all are refused'),
    quotaWindowMs: milliseconds.default(60_000),
  }),
  examples: [
    { retryAfter: 'seconds', retryAfterMs: 1_000, burst: 1, quotaCalls: 0, quotaWindowMs: 60_000 },
    { retryAfter: 'missing', retryAfterMs: 0, burst: 3, quotaCalls: 0, quotaWindowMs: 60_000 },
    { retryAfter: 'date', retryAfterMs: 30_000, burst: 2, quotaCalls: 0, quotaWindowMs: 60_000 },
    { retryAfter: 'wrong', retryAfterMs: 0, burst: 1, quotaCalls: 0, quotaWindowMs: 60_000 },
    { retryAfter: 'seconds', retryAfterMs: 10_000, burst: 1, quotaCalls: 3, quotaWindowMs: 10_000 },
  ],
  spell: ({ burst }) => ({ kind: 'crossings', count: burst, whose: 'everyone' }),
  bend(bending, parameters) {
    if (parameters.quotaCalls > 0 && !isOverQuota(bending, parameters)) return null;
    const { headers, waitMs } = retryAfter(parameters.retryAfter, parameters.retryAfterMs, bending);
    const failure = {
      reason: 'rateLimited',
      status: 429,
      message: 'Rate limit reached. Please slow down.',
      retryable: true,
    } as const;
    return failedModel(waitMs === null ? failure : { ...failure, retryAfterMs: waitMs }, 0, { headers });
  },
});

/** Calls that were let through in the window that ends now use the quota up. */
function isOverQuota(
  { seen, crossing }: Bending<'llm'>,
  { quotaCalls, quotaWindowMs }: { readonly quotaCalls: number; readonly quotaWindowMs: number },
): boolean {
  const since = crossing.elapsedMs - quotaWindowMs;
  const used = seen.filter((one) => !one.fired && one.elapsedMs > since).length;
  return used >= quotaCalls;
}
