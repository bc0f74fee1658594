// llm.bandwidth: the line carries only so many bytes a second.
import { z } from 'zod';
import { chunkCount, streamedLength } from '../delivery.ts';
import { defineFault } from '../fault.ts';
import { count } from './measures.ts';

export const llmBandwidth = defineFault({
  kind: 'llm.bandwidth',
  catalogueLayer: 'LLM transport',
  family: 'delays',
  layer: 'llm',
  phase: 'reply',
  summary: 'The answer comes over a slow line.',
  parameters: z.strictObject({ bytesPerSecond: count.describe('0: no limit') }),
  examples: [{ bytesPerSecond: 1 }, { bytesPerSecond: 56 }, { bytesPerSecond: 7_000 }],
  bend({ outcome }, { bytesPerSecond }) {
    if (outcome?.kind !== 'answered' || bytesPerSecond === 0) return null;
    const { answer, delivery } = outcome;
    const transferMs = (streamedLength(answer) * 1000) / bytesPerSecond;
    const gaps = chunkCount(answer, delivery) - 1;
    const perGapMs = Math.ceil(transferMs / (gaps + 1));
    const firstTokenMs = delivery.firstTokenMs + perGapMs;
    return {
      ...outcome,
      delivery: { ...delivery, firstTokenMs, chunkGapMs: delivery.chunkGapMs + perGapMs },
    };
  },
});
