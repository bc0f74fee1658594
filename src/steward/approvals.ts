// Approvals: asked of people, expiring, bound to one context version and one action, used once. Invariant S7.
import type { JsonObject } from '../base/json.ts';
import type { ApprovalRequest } from './command.ts';
import { abandon, issue, mint, teamOf, type Desk } from './desk.ts';
import { cancelTimer, startTimer } from './timers.ts';
import type { Approval, Assignment } from './state.ts';
import { openAssignment } from './pending.ts';
import { recordOf } from './records.ts';

export interface ApprovalQuestion {
  readonly subject: 'action' | 'output';
  /** Name of the approval gate; for an output, the person on the escalation path. */
  readonly name: string;
  readonly call: string | null;
  readonly fingerprint: string;
  readonly summary: JsonObject;
}

/** The decision that an event brought, as far as the core must look at it. */
export interface Decision {
  readonly decision: 'approve' | 'reject';
  readonly approver: string;
  readonly contextVersion: number;
  readonly fingerprint: string;
}

/** Asks the gate's approvers; returns the request's id. */
export function requestApproval(desk: Desk, assignment: Assignment, question: ApprovalQuestion): string {
  const gate = teamOf(desk.state).approvals[question.name];
  const approvers = gate?.approvers ?? [question.name];
  return open(desk, assignment, {
    question,
    approvers,
    expiresMs: gate?.expiresMs ?? 3_600_000,
    escalated: false,
  });
}

/** Asks those to whom an unanswered request escalates; null when there is nobody. */
export function escalateApproval(
  desk: Desk,
  assignment: Assignment,
  command: ApprovalRequest,
): string | null {
  const expired = recordOf(desk.state.approvals, command.id);
  const gate = teamOf(desk.state).approvals[command.name];
  if (expired === undefined || gate === undefined || expired.escalated || gate.escalateTo.length === 0)
    return null;
  const to = gate.escalateTo.join(', ');
  desk.notes.push({
    kind: 'escalated',
    agent: assignment.agent,
    to,
    reason: `nobody answered the request ${command.name}`,
  });
  const question: ApprovalQuestion = {
    subject: command.subject,
    name: command.name,
    call: expired.call,
    fingerprint: command.fingerprint,
    summary: command.summary,
  };
  return open(desk, assignment, {
    question,
    approvers: gate.escalateTo,
    expiresMs: gate.expiresMs,
    escalated: true,
  });
}

/** Whether a decision counts: by an approver who was asked, in time, for this version and this action. */
export function judgeDecision(
  desk: Desk,
  command: ApprovalRequest,
  decision: Decision,
): 'counts' | 'approver' | 'version' | 'fingerprint' | 'expired' {
  if (!command.approvers.includes(decision.approver)) return 'approver';
  if (decision.contextVersion !== command.contextVersion) return 'version';
  if (decision.fingerprint !== command.fingerprint) return 'fingerprint';
  return desk.state.atMs > command.expiresAtMs ? 'expired' : 'counts';
}

/** Closes a request with its decision. */
export function recordDecision(desk: Desk, command: ApprovalRequest, decision: Decision): void {
  cancelTimer(desk, command.id);
  const approval = recordOf(desk.state.approvals, command.id);
  if (approval !== undefined) approval.status = decision.decision === 'approve' ? 'approved' : 'rejected';
  const { contextVersion, fingerprint, approver } = decision;
  desk.notes.push({
    kind: 'approval.decided',
    request: command.id,
    decision: decision.decision,
    approver,
    contextVersion,
    fingerprint,
  });
}

/** Closes a request that nobody answered. */
export function expireApproval(desk: Desk, command: ApprovalRequest): void {
  abandon(desk, command.id);
  const approval = recordOf(desk.state.approvals, command.id);
  if (approval !== undefined) approval.status = 'expired';
  desk.notes.push({ kind: 'approval.expired', request: command.id, agent: command.agent });
}

/** True when the approval still releases this action: decided, unused, and nothing has moved since. */
export function releasedBy(desk: Desk, request: string | null, fingerprint: string): boolean {
  const approval = recordOf(desk.state.approvals, request);
  if (approval === undefined || approval.fingerprint !== fingerprint) return false;
  if (approval.status !== 'approved' && approval.status !== 'used') return false;
  if (approval.contextVersion === desk.state.contextVersion) return true;
  approval.status = 'outdated';
  desk.notes.push({
    kind: 'approval.outdated',
    request: approval.id,
    agent: openAssignment(desk.state, approval.assignment)?.agent ?? '',
    boundTo: approval.contextVersion,
    version: desk.state.contextVersion,
  });
  return false;
}

function open(
  desk: Desk,
  assignment: Assignment,
  asked: {
    readonly question: ApprovalQuestion;
    readonly approvers: readonly string[];
    readonly expiresMs: number;
    readonly escalated: boolean;
  },
): string {
  const { state } = desk;
  const { question, approvers, escalated } = asked;
  const request = mint(desk, 'c');
  const expiresAtMs = state.atMs + asked.expiresMs;
  const approval: Approval = {
    id: request,
    assignment: assignment.id,
    subject: question.subject,
    name: question.name,
    call: question.call,
    approvers,
    expiresAtMs,
    contextVersion: state.contextVersion,
    fingerprint: question.fingerprint,
    escalated,
    tries: 0,
    status: 'open',
  };
  state.approvals.push(approval);
  const { contextVersion, fingerprint } = approval;
  desk.notes.push({
    kind: 'approval.requested',
    agent: assignment.agent,
    request,
    name: question.name,
    contextVersion,
    fingerprint,
    approvers,
    expiresAtMs,
  });
  issue(desk, {
    kind: 'approval.request',
    id: request,
    epoch: state.epoch,
    agent: assignment.agent,
    assignment: assignment.id,
    subject: question.subject,
    name: question.name,
    approvers,
    expiresAtMs,
    contextVersion,
    fingerprint,
    summary: question.summary,
  });
  startTimer(desk, 'approvalExpiry', request, expiresAtMs);
  return request;
}
