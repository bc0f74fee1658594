// approval.wrongApprover: somebody decides who is not allowed to.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { text } from './measures.ts';

export const approvalWrongApprover = defineFault({
  kind: 'approval.wrongApprover',
  catalogueLayer: 'Human / approval',
  family: 'approvals',
  layer: 'approval',
  phase: 'reply',
  summary: 'Somebody approves who is not allowed to.',
  parameters: z.strictObject({
    approver: text.default('somebody-else').describe('must not be one of the approvers of the gate'),
  }),
  examples: [{ approver: 'somebody-else' }],
  bend: ({ outcome }, { approver }) =>
    outcome?.kind === 'decided' && outcome.approver !== approver
      ? { ...outcome, decision: 'approve', approver }
      : null,
});
