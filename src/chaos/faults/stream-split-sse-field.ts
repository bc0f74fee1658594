// stream.splitSseField: writes end in the middle of the names of an event's fields.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { damaged } from './damaged.ts';
import { milliseconds } from './measures.ts';

export const streamSplitSseField = defineFault({
  kind: 'stream.splitSseField',
  catalogueLayer: 'LLM stream',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  needs: 'bytes',
  summary: "Writes end in the middle of the names of an event's fields.",
  parameters: z.strictObject({ gapMs: milliseconds.default(1).describe('until the rest of the name') }),
  examples: [{ gapMs: 0 }, { gapMs: 50 }],
  bend: (bending, { gapMs }) => damaged(bending, 'events', { kind: 'splitFields', gapMs }),
});
