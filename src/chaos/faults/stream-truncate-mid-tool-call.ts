// stream.truncateMidToolCall: the stream ends inside the arguments of a tool call.
import { z } from 'zod';
import { argumentsLength, shareOf } from '../delivery.ts';
import { defineFault } from '../fault.ts';
import { count } from './measures.ts';

export const streamTruncateMidToolCall = defineFault({
  kind: 'stream.truncateMidToolCall',
  catalogueLayer: 'LLM stream',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  summary: 'The stream ends inside the arguments of the first tool call.',
  parameters: z.strictObject({
    offset: count.min(1).default(5).describe('characters of the arguments that still arrive, never all'),
    ending: z.enum(['clean', 'error']).default('clean'),
  }),
  examples: [
    { offset: 1, ending: 'clean' },
    { offset: 5, ending: 'clean' },
    { offset: 1_000, ending: 'error' },
  ],
  bend({ outcome }, { offset, ending }) {
    if (outcome?.kind !== 'answered') return null;
    const { answer, delivery } = outcome;
    const call = answer.toolCalls[0];
    if (call === undefined) return null;
    const arrived = answer.content.length + Math.min(offset, argumentsLength(call) - 1);
    const end = { kind: 'cut', share: shareOf(answer, arrived), clean: ending === 'clean' } as const;
    return { ...outcome, delivery: { ...delivery, end } };
  },
});
