// stream.hang: after some chunks nothing more comes, and the stream stays open.
import { z } from 'zod';
import { chunkCount } from '../delivery.ts';
import { defineFault } from '../fault.ts';
import { count } from './measures.ts';

export const streamHang = defineFault({
  kind: 'stream.hang',
  catalogueLayer: 'LLM stream',
  family: 'delays',
  layer: 'llm',
  phase: 'reply',
  summary: 'After some chunks nothing more comes, and the stream stays open.',
  parameters: z.strictObject({ afterChunks: count.default(2) }),
  examples: [{ afterChunks: 0 }, { afterChunks: 2 }],
  bend({ outcome }, { afterChunks }) {
    if (outcome?.kind !== 'answered') return null;
    const share = afterChunks / chunkCount(outcome.answer, outcome.delivery);
    if (share > 1) return null;
    return { ...outcome, delivery: { ...outcome.delivery, end: { kind: 'hang', share } } };
  },
});
