// handoff.timeout: the sender is told, after a time, that the receiver did not take the handoff.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { milliseconds } from './measures.ts';

export const handoffTimeout = defineFault({
  kind: 'handoff.timeout',
  catalogueLayer: 'Handoff / context transfer',
  family: 'handoffs',
  layer: 'handoff',
  phase: 'request',
  summary: 'The receiver does not take the handoff, and the sender is told so after a time.',
  parameters: z.strictObject({ afterMs: milliseconds.default(30_000) }),
  examples: [{ afterMs: 1 }, { afterMs: 30_000 }, { afterMs: 300_000 }],
  bend: (_bending, { afterMs }) => ({
    kind: 'failed',
    how: 'error',
    message: 'the handoff timed out',
    afterMs,
  }),
});
