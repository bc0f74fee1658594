// tool.timeout: the call is given up after a time; the effect did not take place, which the caller cannot know.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { milliseconds } from './measures.ts';

export const toolTimeout = defineFault({
  kind: 'tool.timeout',
  catalogueLayer: 'Tool',
  family: 'delays',
  layer: 'tool',
  phase: 'request',
  summary: 'The call times out; the effect did not take place, which the caller cannot know.',
  parameters: z.strictObject({ afterMs: milliseconds.default(30_000) }),
  examples: [{ afterMs: 1 }, { afterMs: 30_000 }, { afterMs: 300_000 }],
  bend: (_bending, { afterMs }) => ({
    kind: 'failed',
    message: 'the call timed out',
    status: 0,
    retryable: true,
    applied: 'unknown',
    afterMs,
  }),
});
