// stream.reorder: an event of the stream changes places with the one before it.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { damaged } from './damaged.ts';
import { share } from './measures.ts';

export const streamReorder = defineFault({
  kind: 'stream.reorder',
  catalogueLayer: 'LLM stream',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  needs: 'bytes',
  summary: 'An event of the stream changes places with the one before it.',
  parameters: z.strictObject({ at: share.default(0.5).describe('where in the stream: share of its events') }),
  examples: [{ at: 0.5 }, { at: 0.1 }, { at: 1 }],
  bend: (bending, { at }) => damaged(bending, 'events', { kind: 'reordered', share: at }),
});
