// llm.lostResponse: the provider worked and billed, and its answer never reaches the caller.
import { z } from 'zod';
import { arrivalMs } from '../arrival.ts';
import { defineFault } from '../fault.ts';
import { failedModel } from './failed-model.ts';

export const llmLostResponse = defineFault({
  kind: 'llm.lostResponse',
  catalogueLayer: 'LLM transport',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  summary: 'The call is billed, and the answer never arrives.',
  parameters: z.strictObject({
    how: z
      .enum(['silent', 'reset'])
      .default('silent')
      .describe('reset: the caller at least sees the connection break when the answer was due'),
  }),
  examples: [{ how: 'silent' }, { how: 'reset' }],
  bend({ outcome }, { how }) {
    if (outcome?.kind !== 'answered') return null;
    const billed = outcome.answer.usage;
    const dueMs = arrivalMs(outcome);
    if (how === 'silent' || dueMs === null) return { kind: 'silent', billed };
    const failure = { reason: 'reset', message: 'socket hang up', retryable: true } as const;
    return failedModel(failure, dueMs, { billed });
  },
});
