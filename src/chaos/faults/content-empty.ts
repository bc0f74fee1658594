// content.empty: the model answers, and says nothing.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const contentEmpty = defineFault({
  kind: 'content.empty',
  catalogueLayer: 'LLM content / semantics',
  family: 'loops',
  layer: 'llm',
  phase: 'reply',
  summary: 'The answer is empty: no content, no tool call, and a finish reason as if all were well.',
  parameters: z.strictObject({}),
  examples: [{}],
  bend({ outcome }) {
    if (outcome?.kind !== 'answered') return null;
    const { usage } = outcome.answer;
    return { ...outcome, answer: { content: '', toolCalls: [], finishReason: 'stop', usage } };
  },
});
