// Using tools: served from facts and earlier results where known, released by approvals, never repeated blindly. Invariants S3, S4.
import { fingerprint } from '../base/fingerprint.ts';
import type { Json } from '../base/json.ts';
import type { ToolDefinition } from '../team/tool.ts';
import { releasedBy, requestApproval } from './approvals.ts';
import { mayUse } from './credentials.ts';
import { definitionOf, issue, mint, teamOf, type Desk } from './desk.ts';
import { heedAlarm, watchRepeat } from './loop-guard.ts';
import { recordOf } from './records.ts';
import type { Assignment, OpenCall } from './state.ts';
import { startTimer } from './timers.ts';

/** Opens every tool call of the assignment's last answer; those that can, run side by side. */
export function useTools(desk: Desk, assignment: Assignment): void {
  assignment.phase = 'usingTools';
  assignment.calls = (assignment.answer?.toolCalls ?? []).map((call): OpenCall => ({
    call,
    fingerprint: fingerprint({ name: call.name, arguments: call.arguments }),
    status: 'waiting',
    command: null,
    attempt: 0,
    approval: null,
    result: null,
    failed: false,
  }));
  for (const open of assignment.calls) {
    const verdict = watchRepeat(desk, assignment, open.fingerprint);
    if (verdict === 'escalate') {
      desk.agenda.push({ kind: 'fail', assignment, reason: `${assignment.agent} repeats ${open.call.name}` });
      return;
    }
    if (verdict === 'break')
      assignment.feedback.push(
        `${open.call.name} was called with these arguments before; use its result and finish.`,
      );
  }
  for (const open of assignment.calls) advanceCall(desk, assignment, open);
  desk.agenda.push({ kind: 'continueTools', assignment });
}

/** Goes back to the model once every call of the turn is settled. */
export function continueTools(desk: Desk, assignment: Assignment): void {
  wakeQueued(desk);
  if (assignment.phase !== 'usingTools' || !assignment.calls.every(isSettled)) return;
  assignment.phase = 'asking';
  for (const { call, result, failed } of assignment.calls)
    assignment.exchanges.push({ call, result, failed });
  assignment.calls = [];
  heedAlarm(desk, assignment);
  desk.agenda.push({ kind: 'ask', assignment });
}

/** Takes one call as far as it can go now: refuse, serve, ask for approval, or dispatch. */
export function advanceCall(desk: Desk, assignment: Assignment, open: OpenCall): void {
  const tool = teamOf(desk.state).tools[open.call.name];
  const agent = definitionOf(desk.state, assignment.agent, assignment.version);
  if (tool === undefined || !agent.tools.includes(tool.name)) {
    settleCall(open, { error: `${open.call.name} is not a tool of ${agent.name}` }, 'failed');
    return;
  }
  const known = knownResult(desk, assignment, tool, open);
  if (known !== undefined) {
    settleCall(open, known, 'returned');
    return;
  }
  if (tool.effect !== 'pure' && isUnderWay(desk, assignment, open)) {
    open.status = 'queued';
    return;
  }
  if (!mayUse(desk, assignment, tool.scope)) {
    desk.notes.push({ kind: 'credential.refused', agent: agent.name, tool: tool.name, scope: tool.scope });
    settleCall(open, { error: `${agent.name} holds no credential for ${tool.scope}` }, 'failed');
    return;
  }
  if (tool.approval !== undefined && !releasedBy(desk, open.approval, open.fingerprint)) {
    open.status = 'approving';
    open.approval = requestApproval(desk, assignment, {
      subject: 'action',
      name: tool.approval,
      call: open.call.id,
      fingerprint: open.fingerprint,
      summary: { tool: tool.name, arguments: open.call.arguments },
    });
    return;
  }
  dispatch(desk, assignment, open);
}

/** Takes up again what waited for the same effect: it is served the result, or has its own try. */
export function wakeQueued(desk: Desk): void {
  for (const assignment of desk.state.assignments) {
    for (const open of assignment.calls) {
      if (open.status !== 'queued') continue;
      advanceCall(desk, assignment, open);
      if (isSettled(open)) desk.agenda.push({ kind: 'continueTools', assignment });
    }
  }
}

/** S4: of calls that share a key, one is under way at a time. */
function isUnderWay(desk: Desk, { agent }: Assignment, open: OpenCall): boolean {
  return desk.state.assignments.some(
    (other) =>
      other.agent === agent &&
      other.calls.some((call) => call !== open && call.fingerprint === open.fingerprint && isBusy(call)),
  );
}

/** A call that has failed and waits for its retry still has its command. */
function isBusy({ status, command }: OpenCall): boolean {
  if (status === 'waiting') return command !== null;
  return status === 'approving' || status === 'running' || status === 'probing';
}

function isSettled(open: OpenCall): boolean {
  return open.status === 'settled';
}

export function settleCall(open: OpenCall, result: Json, how: 'returned' | 'failed'): void {
  open.status = 'settled';
  open.result = result;
  open.failed = how === 'failed';
}

function dispatch(desk: Desk, assignment: Assignment, open: OpenCall): void {
  const { state } = desk;
  const tool = teamOf(state).tools[open.call.name] as ToolDefinition;
  const approval = recordOf(state.approvals, open.approval);
  if (approval !== undefined) approval.status = 'used';
  const id = mint(desk, 'c');
  open.status = 'running';
  open.command = id;
  open.attempt += 1;
  issue(desk, {
    kind: 'tool.use',
    id,
    epoch: state.epoch,
    agent: assignment.agent,
    version: assignment.version,
    assignment: assignment.id,
    call: open.call,
    effect: tool.effect,
    attempt: open.attempt,
    key: keyOf(desk, assignment, tool, open),
    credential: assignment.credential ?? '',
    scope: tool.scope,
    contextVersion: approval === undefined ? assignment.baseVersion : state.contextVersion,
    approval: approval?.id ?? null,
  });
  startTimer(desk, 'toolTimeout', id, state.atMs + tool.timeoutMs);
}

/** What pure tools found, any agent is served; what an effect returned, its repetition is served. */
function knownResult(
  desk: Desk,
  assignment: Assignment,
  tool: ToolDefinition,
  open: OpenCall,
): Json | undefined {
  const { state } = desk;
  if (tool.effect !== 'pure') return recordOf(state.applied, keyOf(desk, assignment, tool, open))?.result;
  const fact = recordOf(state.facts, open.fingerprint);
  if (fact === undefined || state.atMs - fact.atMs > tool.factMs) return undefined;
  desk.notes.push({
    kind: 'fact.served',
    tool: tool.name,
    fact: open.fingerprint,
    agent: assignment.agent,
    foundBy: fact.foundBy,
  });
  return fact.result;
}

/**
 * Effects are keyed by the mission, so that neither a second visit of an agent nor its next version repeats them; reads
 * by assignment.
 */
function keyOf(desk: Desk, assignment: Assignment, tool: ToolDefinition, open: OpenCall): string {
  const { id, agent, version } = assignment;
  const doer = tool.effect === 'pure' ? `${agent}@${version}/${id}` : agent;
  return `${desk.state.mission?.id}/${doer}/${tool.name}/${open.fingerprint}`;
}
