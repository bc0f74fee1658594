// content.refusal: the model declines the task.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

const phrases = {
  polite: "I'm sorry, but I can't help with that request.",
  policy: 'This request goes against the usage policy, so I am unable to continue.',
  curt: 'No.',
} as const;

export const contentRefusal = defineFault({
  kind: 'content.refusal',
  catalogueLayer: 'LLM content / semantics',
  family: 'loops',
  layer: 'llm',
  phase: 'reply',
  summary: 'The model declines the task.',
  parameters: z.strictObject({
    style: z.enum(['polite', 'policy', 'curt']).default('polite'),
    place: z
      .enum(['field', 'content'])
      .default('field')
      .describe("field: in the answer's refusal, with empty content; content: as if it were the answer"),
  }),
  examples: [
    { style: 'polite', place: 'field' },
    { style: 'policy', place: 'content' },
    { style: 'curt', place: 'content' },
  ],
  bend({ outcome }, { style, place }) {
    if (outcome?.kind !== 'answered') return null;
    const phrase = phrases[style];
    const said = { toolCalls: [], finishReason: 'stop', usage: outcome.answer.usage } as const;
    const answer =
      place === 'field' ? { content: '', refusal: phrase, ...said } : { content: phrase, ...said };
    return { ...outcome, answer };
  },
});
