// content.truncate: the answer stops in the middle, and its finish reason says so or not.
import { z } from 'zod';
import { arrivedPart } from '../delivery.ts';
import { defineFault } from '../fault.ts';
import { share } from './measures.ts';

export const contentTruncate = defineFault({
  kind: 'content.truncate',
  catalogueLayer: 'LLM content / semantics',
  family: 'loops',
  layer: 'llm',
  phase: 'reply',
  summary: 'Only the first part of the answer is there.',
  parameters: z.strictObject({
    keep: share.default(0.5).describe('share of the answer that is kept'),
    finish: z
      .enum(['honest', 'lying'])
      .default('honest')
      .describe('honest: finish reason `length`; lying: as if the answer were whole'),
  }),
  examples: [
    { keep: 0.5, finish: 'honest' },
    { keep: 0.9, finish: 'lying' },
    { keep: 0, finish: 'lying' },
  ],
  bend({ outcome }, { keep, finish }) {
    if (outcome?.kind !== 'answered' || keep === 1) return null;
    const { answer } = outcome;
    const part = arrivedPart(answer, keep);
    if (part.content === answer.content && part.toolCalls.length === answer.toolCalls.length) return null;
    const honest = finish === 'honest' ? 'length' : answer.finishReason;
    const finishReason = honest === 'toolCalls' && part.toolCalls.length === 0 ? 'stop' : honest;
    return { ...outcome, answer: { ...part, finishReason } };
  },
});
