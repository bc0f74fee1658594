// handoff.error: handing over fails at once.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { text } from './measures.ts';

export const handoffError = defineFault({
  kind: 'handoff.error',
  catalogueLayer: 'Handoff / context transfer',
  family: 'handoffs',
  layer: 'handoff',
  phase: 'request',
  summary: 'Handing over fails with an error.',
  parameters: z.strictObject({ message: text.default('the channel to the receiver is broken') }),
  examples: [{ message: 'the channel to the receiver is broken' }],
  bend: (_bending, { message }) => ({ kind: 'failed', how: 'error', message, afterMs: 0 }),
});
