// content.prematureDone: the model says that it is done before it has used the tools it wanted.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

const claims = {
  bare: 'Done. The task is complete.',
  reply: JSON.stringify({ payload: {}, patch: {}, confidence: 1, flags: [] }),
} as const;

export const contentPrematureDone = defineFault({
  kind: 'content.prematureDone',
  catalogueLayer: 'LLM content / semantics',
  family: 'loops',
  layer: 'llm',
  phase: 'reply',
  summary: 'The model declares the work done instead of doing it.',
  parameters: z.strictObject({
    style: z
      .enum(['bare', 'reply'])
      .default('bare')
      .describe('bare: in prose; reply: as a well-formed output with nothing in it'),
    when: z
      .enum(['beforeTools', 'always'])
      .default('always')
      .describe('beforeTools: only in place of an answer that asks for tools'),
  }),
  examples: [
    { style: 'bare', when: 'always' },
    { style: 'reply', when: 'always' },
    { style: 'reply', when: 'beforeTools' },
  ],
  bend({ outcome }, { style, when }) {
    if (outcome?.kind !== 'answered') return null;
    if (when === 'beforeTools' && outcome.answer.toolCalls.length === 0) return null;
    const { usage } = outcome.answer;
    return { ...outcome, answer: { content: claims[style], toolCalls: [], finishReason: 'stop', usage } };
  },
});
