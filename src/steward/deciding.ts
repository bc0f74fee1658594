// Deciding: what an approver's answer, an answer that does not count, or silence brings about. Invariant S7.
import {
  escalateApproval,
  expireApproval,
  judgeDecision,
  recordDecision,
  type Decision,
} from './approvals.ts';
import type { ApprovalRequest } from './command.ts';
import { issue, type Desk } from './desk.ts';
import { openAssignment } from './pending.ts';
import { recordOf } from './records.ts';
import type { OpenCall } from './state.ts';
import { startTimer } from './timers.ts';
import { advanceCall, settleCall } from './tools.ts';

export function approvalDecided(desk: Desk, command: ApprovalRequest, decision: Decision): void {
  const why = judgeDecision(desk, command, decision);
  if (why !== 'counts') {
    desk.notes.push({ kind: 'approval.refused', request: command.id, approver: decision.approver, why });
    return askAgain(desk, command);
  }
  recordDecision(desk, command, decision);
  const assignment = openAssignment(desk.state, command.assignment);
  if (assignment === undefined) return;
  if (command.subject === 'output') {
    if (decision.decision === 'approve') desk.agenda.push({ kind: 'commit', assignment });
    else
      desk.agenda.push({
        kind: 'end',
        end: 'escalated',
        reason: `${decision.approver} did not accept the work of ${assignment.agent}`,
      });
    return;
  }
  const open = assignment.calls.find((call) => call.approval === command.id);
  if (open === undefined) return;
  if (decision.decision === 'approve') advanceCall(desk, assignment, open);
  else settleCall(open, { error: `${decision.approver} did not approve` }, 'failed');
  desk.agenda.push({ kind: 'continueTools', assignment });
}

/** An answer that does not count leaves the question open: the same question again, with the time that is left. */
export function askAgain(desk: Desk, command: ApprovalRequest): void {
  const approval = recordOf(desk.state.approvals, command.id);
  const tries = approval?.tries ?? 0;
  if (approval === undefined || tries >= 5) {
    desk.agenda.push({
      kind: 'end',
      end: 'escalated',
      reason: `the request ${command.name} could not be decided`,
    });
    return;
  }
  approval.tries = tries + 1;
  const again = { ...command, epoch: desk.state.epoch };
  startTimer(desk, 'approvalExpiry', command.id, command.expiresAtMs);
  issue(desk, again);
}

export function approvalExpired(desk: Desk, command: ApprovalRequest): void {
  expireApproval(desk, command);
  const assignment = openAssignment(desk.state, command.assignment);
  if (assignment === undefined) return;
  const request = escalateApproval(desk, assignment, command);
  const open: OpenCall | undefined = assignment.calls.find((call) => call.approval === command.id);
  if (request === null)
    desk.agenda.push({
      kind: 'end',
      end: 'escalated',
      reason: `nobody answered the request ${command.name}`,
    });
  else if (open !== undefined) open.approval = request;
}
