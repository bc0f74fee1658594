// llm.slice: the answer comes in small slices with a pause after each.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { count, milliseconds } from './measures.ts';

export const llmSlice = defineFault({
  kind: 'llm.slice',
  catalogueLayer: 'LLM transport',
  family: 'delays',
  layer: 'llm',
  phase: 'reply',
  summary: 'The answer comes in small slices with a pause after each.',
  parameters: z.strictObject({
    bytes: count.default(8).describe('size of a slice; 0: slices stay as they are'),
    delayMs: milliseconds.default(10),
  }),
  examples: [
    { bytes: 1, delayMs: 0 },
    { bytes: 8, delayMs: 10 },
    { bytes: 1, delayMs: 200 },
  ],
  bend({ outcome }, { bytes, delayMs }) {
    if (outcome?.kind !== 'answered' || bytes === 0) return null;
    const chunkGapMs = outcome.delivery.chunkGapMs + delayMs;
    return { ...outcome, delivery: { ...outcome.delivery, chunkChars: bytes, chunkGapMs } };
  },
});
