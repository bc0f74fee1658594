// handoff.rejectDelegation: the receiver refuses the work.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { share, text } from './measures.ts';

export const handoffRejectDelegation = defineFault({
  kind: 'handoff.rejectDelegation',
  catalogueLayer: 'Handoff / context transfer',
  family: 'handoffs',
  layer: 'handoff',
  phase: 'request',
  summary: 'The receiver refuses the work and says why.',
  parameters: z.strictObject({
    reason: text.default('outside of my responsibility'),
    rate: share.default(1).describe('share of the handoffs that are refused'),
  }),
  examples: [
    { reason: 'outside of my responsibility', rate: 1 },
    { reason: 'busy', rate: 0.5 },
  ],
  bend: ({ draw }, { reason, rate }) =>
    draw('refuse') < rate ? { kind: 'failed', how: 'refused', message: reason, afterMs: 0 } : null,
});
