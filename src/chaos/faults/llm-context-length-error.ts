// llm.contextLengthError: the request is refused because it is longer than the model takes.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { failedModel } from './failed-model.ts';
import { count } from './measures.ts';

export const llmContextLengthError = defineFault({
  kind: 'llm.contextLengthError',
  catalogueLayer: 'LLM transport',
  family: 'failures',
  layer: 'llm',
  // The length of a request is known by its bill, so the refusal is decided once the answer is there.
  phase: 'reply',
  summary: 'A request of more than so many tokens is refused as too long.',
  parameters: z.strictObject({ tokensMax: count.default(0).describe('0: every request is too long') }),
  examples: [{ tokensMax: 0 }, { tokensMax: 200 }, { tokensMax: 4_096 }],
  bend({ outcome }, { tokensMax }) {
    if (outcome?.kind !== 'answered' || outcome.answer.usage.inputTokens <= tokensMax) return null;
    const { inputTokens } = outcome.answer.usage;
    const message = `This model's maximum context length is ${tokensMax} tokens; the request has ${inputTokens}.`;
    const failure = { reason: 'contextLength', status: 400, message, retryable: false } as const;
    return failedModel(failure, outcome.delivery.latencyMs);
  },
});
