// stream.duplicate: an event of the stream comes twice.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { damaged } from './damaged.ts';
import { share } from './measures.ts';

export const streamDuplicate = defineFault({
  kind: 'stream.duplicate',
  catalogueLayer: 'LLM stream',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  needs: 'bytes',
  summary: 'An event of the stream comes twice.',
  parameters: z.strictObject({ at: share.default(0.5).describe('where in the stream: share of its events') }),
  examples: [{ at: 0.5 }, { at: 0.1 }, { at: 1 }],
  bend: (bending, { at }) => damaged(bending, 'events', { kind: 'duplicated', share: at }),
});
