// stream.cut: the stream ends before the answer does, in good order or with an error.
import { z } from 'zod';
import { chunkCount, shareOf } from '../delivery.ts';
import { defineFault } from '../fault.ts';
import type { ModelOutcome } from '../outcome.ts';
import { count } from './measures.ts';

type Answered = Extract<ModelOutcome, { readonly kind: 'answered' }>;
type Unit = 'chunks' | 'bytes' | 'ms';

export const streamCut = defineFault({
  kind: 'stream.cut',
  catalogueLayer: 'LLM stream',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  summary: 'The stream ends before the answer does.',
  parameters: z.strictObject({
    after: count.default(3),
    unit: z.enum(['chunks', 'bytes', 'ms']).default('chunks'),
    ending: z.enum(['clean', 'error']).default('error').describe('clean: as if the answer were whole'),
  }),
  examples: [
    { after: 0, unit: 'chunks', ending: 'error' },
    { after: 1, unit: 'chunks', ending: 'clean' },
    { after: 30, unit: 'bytes', ending: 'error' },
    { after: 500, unit: 'ms', ending: 'error' },
  ],
  bend({ outcome }, { after, unit, ending }) {
    if (outcome?.kind !== 'answered') return null;
    const share = shareAfter(outcome, after, unit);
    if (share >= 1) return null;
    const end = { kind: 'cut', share, clean: ending === 'clean' } as const;
    return { ...outcome, delivery: { ...outcome.delivery, end } };
  },
});

/** Time counts from the call; a stream without gaps comes all at once, when its first token does. */
function shareAfter({ answer, delivery }: Answered, after: number, unit: Unit): number {
  switch (unit) {
    case 'bytes':
      return shareOf(answer, after);
    case 'chunks':
      return after / chunkCount(answer, delivery);
    case 'ms': {
      const streamedMs = after - delivery.latencyMs - delivery.firstTokenMs;
      if (streamedMs < 0) return 0;
      const chunks = delivery.chunkGapMs === 0 ? Infinity : 1 + Math.floor(streamedMs / delivery.chunkGapMs);
      return chunks / chunkCount(answer, delivery);
    }
  }
}
