// approval.forceVerdict: the decision is made for the approver.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const approvalForceVerdict = defineFault({
  kind: 'approval.forceVerdict',
  catalogueLayer: 'Human / approval',
  family: 'approvals',
  layer: 'approval',
  phase: 'reply',
  summary: 'The decision is the given one, whatever the approver thought.',
  parameters: z.strictObject({ decision: z.enum(['approve', 'reject']).default('reject') }),
  examples: [{ decision: 'reject' }, { decision: 'approve' }],
  bend: ({ outcome }, { decision }) => (outcome?.kind === 'decided' ? { ...outcome, decision } : null),
});
