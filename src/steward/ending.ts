// Ending: every mission ends with a reason, and leaves nothing behind. Invariants S9, L1, L2.
import type { MissionEnd } from '../team/mission.ts';
import type { ModelAsk, ToolUse } from './command.ts';
import { presume, settle } from './budgets.ts';
import { revokeCredential } from './credentials.ts';
import { isOpen, issue, mint, teamOf, type Desk } from './desk.ts';
import { alarmRing } from './loop-guard.ts';
import { contextValues } from './mission-context.ts';

/** Stops all work: running calls are given up, timers cancelled, credentials revoked. */
export function endMission(desk: Desk, end: MissionEnd, reason: string): void {
  const { state } = desk;
  if (!isOpen(state)) return;
  state.status = 'closing';
  state.end = end;
  state.reason = reason;
  const { held } = state;
  state.held = [];
  const dropped = state.pending.filter((command) => command.kind !== 'credential.revoke');
  state.pending = state.pending.filter((command) => command.kind === 'credential.revoke');
  for (const command of dropped) {
    desk.commands.push({
      kind: command.kind === 'timer.start' ? 'timer.cancel' : 'run.cancel',
      id: command.id,
    });
    const how = held.includes(command.id) ? 'held' : 'sent';
    if (command.kind === 'model.ask') giveUp(desk, command, how);
    if (command.kind === 'tool.use' && command.effect === 'once' && how === 'sent')
      leaveInDoubt(desk, command);
  }
  for (const command of state.pending) if (held.includes(command.id)) desk.commands.push(command);
  for (const credential of state.credentials) revokeCredential(desk, credential.id);
  for (const assignment of state.assignments) {
    desk.notes.push({
      kind: 'agent.finished',
      agent: assignment.agent,
      assignment: assignment.id,
      outcome: 'superseded',
      confidence: assignment.reply?.confidence ?? null,
      tokens: assignment.tokens,
    });
  }
  state.assignments = [];
  if (end === 'escalated' || end === 'failed') {
    issue(desk, {
      kind: 'notify',
      id: mint(desk, 'c'),
      epoch: state.epoch,
      to: 'owner',
      about: 'escalation',
      text: reason,
    });
  }
}

/** Ends the mission when nobody has anything left to do, and writes the last line when nothing is pending. */
export function concludeMission(desk: Desk): void {
  const { state } = desk;
  if (state.status === 'running' && nothingLeft(desk)) {
    const end = verdict(desk);
    endMission(desk, end.end, end.reason);
  }
  if (state.status !== 'closing' || state.pending.length > 0) return;
  state.status = 'ended';
  const end = state.end ?? 'failed';
  desk.notes.push({
    kind: 'mission.ended',
    end,
    reason: state.reason,
    contextVersion: state.contextVersion,
    context: contextValues(state),
  });
  desk.commands.push({ kind: 'finish', end, reason: state.reason });
}

function nothingLeft(desk: Desk): boolean {
  const { state } = desk;
  if (state.assignments.length > 0) return false;
  for (const command of state.pending) if (command.kind === 'handoff.deliver') return false;
  return state.handoffs.length === 0;
}

function verdict(desk: Desk): { readonly end: MissionEnd; readonly reason: string } {
  const { state } = desk;
  const waiting = Object.keys(state.joins)[0];
  if (waiting !== undefined) {
    alarmRing(desk, waiting);
    return { end: 'escalated', reason: `${waiting} waits for handoffs that will never come` };
  }
  const missing = teamOf(state).deliverables.filter((key) => !Object.hasOwn(state.context, key));
  if (missing.length > 0)
    return { end: 'failed', reason: `nothing left to do, but ${missing.join(', ')} is missing` };
  if (state.degraded.length > 0) return { end: 'degraded', reason: state.degraded.join('; ') };
  return { end: 'done', reason: 'all work is done' };
}

/** Nobody will hear whether it took effect: the trail must say so. */
function leaveInDoubt(desk: Desk, { agent, call, key }: ToolUse): void {
  desk.notes.push({ kind: 'tool.inDoubt', agent, tool: call.name, key });
}

/** A call that was sent may be billed; one that a pause held back is not. */
function giveUp(desk: Desk, command: ModelAsk, how: 'sent' | 'held'): void {
  if (how === 'sent') presume(desk, command);
  else settle(desk, command, 0);
}
