// Plans about the people who are asked.
import { always, inject, plan } from 'passmuster/chaos';

export const approverOnHoliday = plan(
  'approver-on-holiday',
  'When nobody answers, the question expires and is escalated; the action is not taken.',
  [inject('approval.never', {}, always())],
);

export const approvalOutage = plan(
  'approval-outage',
  'With the approval service down nothing that needs an approval is done.',
  [inject('approval.outage', { how: 'error' }, always())],
);

export const lateApproval = plan(
  'late-approval',
  'A decision that comes after its question expired releases nothing.',
  [inject('approval.absent', { ms: 7 * 24 * 3_600_000 }, always())],
);

export const rejectedApproval = plan(
  'rejected-approval',
  'A rejected action is not taken, and the mission says so.',
  [inject('approval.forceVerdict', { decision: 'reject' }, always())],
);

export const wrongApprover = plan(
  'wrong-approver',
  'The word of somebody who may not approve releases nothing.',
  [inject('approval.wrongApprover', {}, always())],
);
