// stream.rechunk: the bytes come in writes of another size, wherever characters and events end.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { damaged } from './damaged.ts';
import { count, milliseconds } from './measures.ts';

export const streamRechunk = defineFault({
  kind: 'stream.rechunk',
  catalogueLayer: 'LLM stream',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  needs: 'bytes',
  summary: 'The same bytes come in writes of another size.',
  parameters: z.strictObject({
    bytes: count.min(1).default(7).describe('size of a write'),
    gapMs: milliseconds.default(1).describe('between two writes'),
  }),
  examples: [
    { bytes: 1, gapMs: 0 },
    { bytes: 5, gapMs: 1 },
  ],
  bend: (bending, parameters) => damaged(bending, 'bytes', { kind: 'rechunked', ...parameters }),
});
