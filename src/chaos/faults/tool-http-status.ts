// tool.httpStatus: the service behind the tool answers 4xx or 5xx.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { milliseconds } from './measures.ts';

export const toolHttpStatus = defineFault({
  kind: 'tool.httpStatus',
  catalogueLayer: 'Tool',
  family: 'failures',
  layer: 'tool',
  phase: 'request',
  summary: 'The service behind the tool answers 4xx or 5xx.',
  parameters: z.strictObject({
    status: z.int().min(400).max(599).default(500),
    afterMs: milliseconds.default(0),
  }),
  examples: [
    { status: 500, afterMs: 0 },
    { status: 404, afterMs: 0 },
    { status: 429, afterMs: 0 },
    { status: 503, afterMs: 5_000 },
  ],
  bend: (_bending, { status, afterMs }) => ({
    kind: 'failed',
    message: `HTTP ${status}`,
    status,
    retryable: status >= 500 || [408, 409, 429].includes(status),
    // A caller cannot know what a server did before it broke; only 503 says that it did not begin.
    applied: status >= 500 && status !== 503 ? 'unknown' : 'no',
    afterMs,
  }),
});
