// llm.reset: the connection breaks after so many bytes; half-open, the peer is gone and nobody says so.
import { z } from 'zod';
import { shareOf } from '../delivery.ts';
import { defineFault } from '../fault.ts';
import { failedModel } from './failed-model.ts';
import { count } from './measures.ts';

export const llmReset = defineFault({
  kind: 'llm.reset',
  catalogueLayer: 'LLM transport',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  summary: 'The connection is reset, at once or in the middle of the answer; or it stays half-open.',
  parameters: z.strictObject({
    afterBytes: count.default(0).describe('characters of the answer that still arrive'),
    close: z.enum(['reset', 'halfOpen']).default('reset'),
  }),
  examples: [
    { afterBytes: 0, close: 'reset' },
    { afterBytes: 20, close: 'reset' },
    { afterBytes: 20, close: 'halfOpen' },
  ],
  bend({ outcome }, { afterBytes, close }) {
    if (outcome?.kind !== 'answered') return null;
    const { answer, delivery } = outcome;
    const share = shareOf(answer, afterBytes);
    if (afterBytes > 0 && share === 1) return null;
    if (afterBytes > 0) {
      const end =
        close === 'reset'
          ? ({ kind: 'cut', share, clean: false } as const)
          : ({ kind: 'hang', share } as const);
      return { ...outcome, delivery: { ...delivery, end } };
    }
    if (close === 'halfOpen') return { kind: 'silent', billed: answer.usage };
    const failure = { reason: 'reset', message: 'read ECONNRESET', retryable: true } as const;
    return failedModel(failure, delivery.latencyMs, { billed: answer.usage });
  },
});
