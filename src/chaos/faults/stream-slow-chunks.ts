// stream.slowChunks: the tokens trickle.
import { z } from 'zod';
import { chunkCount } from '../delivery.ts';
import { defineFault } from '../fault.ts';
import { milliseconds, share } from './measures.ts';

export const streamSlowChunks = defineFault({
  kind: 'stream.slowChunks',
  catalogueLayer: 'LLM stream',
  family: 'delays',
  layer: 'llm',
  phase: 'reply',
  summary: 'The chunks of the stream come slowly.',
  parameters: z.strictObject({
    ms: milliseconds.default(0).describe('added between chunks'),
    tokensPerSecond: z.number().min(0).default(0).describe('pace of the stream; 0: not set'),
    jitter: share.default(0).describe('share by which the gap scatters to both sides'),
  }),
  examples: [
    { ms: 50, tokensPerSecond: 0, jitter: 0 },
    { ms: 1_000, tokensPerSecond: 0, jitter: 0.5 },
    { ms: 0, tokensPerSecond: 2, jitter: 0 },
  ],
  bend({ outcome, draw }, { ms, tokensPerSecond, jitter }) {
    if (outcome?.kind !== 'answered') return null;
    const { answer, delivery } = outcome;
    const chunks = chunkCount(answer, delivery);
    const pacedMs =
      tokensPerSecond === 0 ? 0 : (1000 * answer.usage.outputTokens) / (tokensPerSecond * chunks);
    const scatter = jitter === 0 ? 1 : 1 + jitter * (2 * draw('jitter') - 1);
    const chunkGapMs = Math.round(Math.max(delivery.chunkGapMs + ms, pacedMs) * scatter);
    if (chunkGapMs <= delivery.chunkGapMs) return null;
    return { ...outcome, delivery: { ...delivery, chunkGapMs } };
  },
});
