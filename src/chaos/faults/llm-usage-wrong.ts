// llm.usageWrong: the provider says that the answer cost more, or less, than it did.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const llmUsageWrong = defineFault({
  kind: 'llm.usageWrong',
  catalogueLayer: 'LLM transport',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  summary: 'The answer says that it cost more, or less, than it did.',
  parameters: z.strictObject({ factor: z.number().min(0).max(1_000_000).default(10) }),
  // No budget holds against a provider that says that an answer cost more than was set aside for it: such a plan is
  // written by hand, and none is generated.
  examples: [{ factor: 0.1 }, { factor: 0 }, { factor: 0.9 }],
  bend({ outcome }, { factor }) {
    if (outcome?.kind !== 'answered') return null;
    const { inputTokens, outputTokens } = outcome.answer.usage;
    const usage = {
      inputTokens: Math.round(inputTokens * factor),
      outputTokens: Math.round(outputTokens * factor),
    };
    return { ...outcome, answer: { ...outcome.answer, usage } };
  },
});
