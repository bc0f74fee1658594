// Gating: nothing an agent made goes on before its gates have passed it; what fails goes back with the reason. Invariants S7, S10.
import { fingerprint } from '../base/fingerprint.ts';
import type { Reply } from '../team/ask.ts';
import type { GateCheck } from './command.ts';
import type { GateFeedback } from './event.ts';
import { abandon, definitionOf, issue, mint, teamOf, type Desk } from './desk.ts';
import { heedAlarm, watchRework } from './loop-guard.ts';
import { refreshSlice } from './mission-context.ts';
import { requestApproval } from './approvals.ts';
import { cancelTimer, startTimer } from './timers.ts';
import type { Assignment } from './state.ts';
import { openAssignment } from './pending.ts';

export function checkGates(desk: Desk, assignment: Assignment): void {
  const { state } = desk;
  const agent = definitionOf(state, assignment.agent, assignment.version);
  const id = mint(desk, 'c');
  assignment.phase = 'gating';
  assignment.gateAttempt += 1;
  issue(desk, {
    kind: 'gate.check',
    id,
    epoch: state.epoch,
    agent: agent.name,
    version: agent.version,
    assignment: assignment.id,
    rework: assignment.rework,
    attempt: assignment.gateAttempt,
    gates: agent.gates,
    content: assignment.answer?.content ?? '',
    brief: {
      input: assignment.input,
      slice: assignment.slice,
      feedback: [],
      exchanges: [...assignment.exchanges],
    },
  });
  startTimer(desk, 'gateTimeout', id, state.atMs + teamOf(state).limits.gateTimeoutMs);
}

export function gateChecked(
  desk: Desk,
  command: GateCheck,
  finding: {
    readonly passed: boolean;
    readonly reply: Reply | null;
    readonly feedback: readonly GateFeedback[];
  },
): void {
  cancelTimer(desk, command.id);
  const assignment = openAssignment(desk.state, command.assignment);
  if (assignment === undefined) return;
  assignment.gateAttempt = 0;
  const { agent, rework, gates } = command;
  if (finding.passed && finding.reply !== null) {
    assignment.reply = finding.reply;
    desk.notes.push({ kind: 'gate.passed', agent, assignment: assignment.id, rework, gates });
    desk.agenda.push({ kind: 'conclude', assignment });
    return;
  }
  const feedback = finding.feedback.map((line) => `${line.gate}: ${line.feedback}`);
  if (feedback.length === 0) feedback.push('schema: the answer could not be read');
  desk.notes.push({ kind: 'gate.rejected', agent, assignment: assignment.id, rework, feedback });
  if (watchRework(desk, assignment, command.content) === 'escalate') {
    desk.agenda.push({
      kind: 'fail',
      assignment,
      reason: `${agent} hands in the same rejected work again and again`,
    });
  } else {
    desk.agenda.push({ kind: 'rework', assignment, feedback });
  }
}

/** A gate that cannot answer is never a pass: it is asked again, and then the work fails. */
export function gateFailed(desk: Desk, command: GateCheck, message: string): void {
  cancelTimer(desk, command.id);
  const assignment = openAssignment(desk.state, command.assignment);
  if (assignment === undefined) return;
  if (assignment.gateAttempt < teamOf(desk.state).limits.gateAttemptsMax) {
    desk.notes.push({
      kind: 'retry.scheduled',
      agent: command.agent,
      what: 'gate',
      attempt: assignment.gateAttempt + 1,
      waitMs: 0,
    });
    checkGates(desk, assignment);
  } else {
    desk.agenda.push({ kind: 'fail', assignment, reason: `quality gate out of order: ${message}` });
  }
}

export function gateTimedOut(desk: Desk, command: GateCheck): void {
  abandon(desk, command.id);
  gateFailed(desk, command, 'no verdict in time');
}

/** Sends an agent back to work with feedback and a fresh slice, within its limit. */
export function rework(desk: Desk, assignment: Assignment, feedback: readonly string[]): void {
  const { reworksMax } = definitionOf(desk.state, assignment.agent, assignment.version);
  if (assignment.rework >= reworksMax) {
    desk.agenda.push({
      kind: 'fail',
      assignment,
      reason: `not good enough after ${reworksMax} reworks: ${feedback.join('; ')}`,
    });
    return;
  }
  assignment.rework += 1;
  assignment.turn = 0;
  assignment.attempt = 0;
  assignment.reply = null;
  assignment.feedback = [...assignment.feedback, ...feedback];
  heedAlarm(desk, assignment);
  refreshSlice(desk, assignment);
  desk.notes.push({
    kind: 'rework.requested',
    agent: assignment.agent,
    assignment: assignment.id,
    rework: assignment.rework,
    feedback,
  });
  desk.agenda.push({ kind: 'ask', assignment });
}

/** Output that passed its gates: confident enough goes on, the rest goes up the escalation path. */
export function conclude(desk: Desk, assignment: Assignment): void {
  const agent = definitionOf(desk.state, assignment.agent, assignment.version);
  const reply = assignment.reply as Reply;
  if (reply.confidence >= agent.confidenceMin) {
    desk.agenda.push({ kind: 'commit', assignment });
    return;
  }
  const to = agent.escalateTo[0];
  const reason = `confidence ${reply.confidence} is below ${agent.confidenceMin}`;
  if (to === undefined || !to.startsWith('human:')) {
    desk.agenda.push({ kind: 'fail', assignment, reason });
    return;
  }
  desk.notes.push({ kind: 'escalated', agent: agent.name, to, reason });
  assignment.phase = 'confirming';
  const summary = { payload: reply.payload, patch: reply.patch, confidence: reply.confidence };
  requestApproval(desk, assignment, {
    subject: 'output',
    name: to.slice('human:'.length),
    call: null,
    fingerprint: fingerprint(summary),
    summary,
  });
}
