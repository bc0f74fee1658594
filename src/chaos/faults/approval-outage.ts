// approval.outage: the approval service is down; whoever proceeds without it fails open.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { milliseconds } from './measures.ts';

export const approvalOutage = defineFault({
  kind: 'approval.outage',
  catalogueLayer: 'Human / approval',
  family: 'approvals',
  layer: 'approval',
  phase: 'request',
  summary: 'The approval service is down. Who proceeds without it fails open.',
  parameters: z.strictObject({
    how: z.enum(['error', 'timeout']).default('error'),
    afterMs: milliseconds.default(30_000).describe('for timeout'),
  }),
  examples: [
    { how: 'error', afterMs: 0 },
    { how: 'timeout', afterMs: 30_000 },
  ],
  bend: (_bending, { how, afterMs }) =>
    how === 'error'
      ? { kind: 'failed', message: 'the approval service is down', afterMs: 0 }
      : { kind: 'failed', message: 'the approval service did not answer', afterMs },
});
