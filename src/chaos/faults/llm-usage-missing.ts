// llm.usageMissing: the provider does not say what the answer cost, or says that it cost nothing.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const llmUsageMissing = defineFault({
  kind: 'llm.usageMissing',
  catalogueLayer: 'LLM transport',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  summary: 'The answer does not say what it cost.',
  parameters: z.strictObject({
    how: z.enum(['absent', 'zero']).default('absent').describe('zero: as if it had cost nothing'),
  }),
  examples: [{ how: 'absent' }, { how: 'zero' }],
  bend({ outcome }, { how }) {
    if (outcome?.kind !== 'answered') return null;
    const { answer, delivery } = outcome;
    // Where no bytes travel, what is not told is counted as nothing.
    if (how === 'absent' && delivery.mishap !== undefined)
      return { ...outcome, delivery: { ...delivery, toldUsage: 'untold' } };
    return { ...outcome, answer: { ...answer, usage: { inputTokens: 0, outputTokens: 0 } } };
  },
});
