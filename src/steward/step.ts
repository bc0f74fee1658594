// The steward's core: one event in, the next commands and the audit notes out. Total, synchronous, deterministic.
//
// S1 the same events give the same state. S4 an answer counts once, and only for a command that is pending.
// S8 an answer of an older epoch does not count. S13 what does not count changes nothing.
import { ask, modelAnswered, modelFailed } from './asking.ts';
import { begin, commit, fail } from './assignments.ts';
import { isObligation, type Command, type CredentialGrant, type Obligation } from './command.ts';
import { credentialGranted, credentialRevoked } from './credentials.ts';
import { approvalDecided, askAgain } from './deciding.ts';
import { isOpen, type Desk, type Task } from './desk.ts';
import { concludeMission, endMission } from './ending.ts';
import { isAnswer, type AnswerEvent, type OutsideEvent, type StewardEvent } from './event.ts';
import { timerFired } from './expiry.ts';
import { checkGates, conclude, gateChecked, gateFailed, rework } from './gating.ts';
import type { Note } from './note.ts';
import { outside } from './outside.ts';
import { dropPending, openAssignment, pendingCommand } from './pending.ts';
import { handoffDelivered, handoffFailed, route } from './routing.ts';
import type { StewardState } from './state.ts';
import { toolFailed, toolProbed, toolReturned } from './tool-answers.ts';
import { continueTools, useTools } from './tools.ts';

export interface Decided {
  readonly commands: readonly Command[];
  readonly notes: readonly Note[];
}

/** Applies one event to the state, in place. Never throws for what the world sent: it ignores and says so. */
export function step(state: StewardState, event: StewardEvent): Decided {
  const desk: Desk = { state, commands: [], notes: [], agenda: [] };
  state.events += 1;
  const pending = isAnswer(event) ? pendingCommand(state, event.command) : undefined;
  const why = reasonToIgnore(state, event, pending);
  if (why !== null) {
    state.ignored += 1;
    desk.notes.push({
      kind: 'event.ignored',
      event: event.kind,
      why,
      command: isAnswer(event) ? event.command : null,
    });
    return desk;
  }
  if (event.atMs > state.atMs) state.atMs = event.atMs;
  if (!isAnswer(event)) accept(desk, event);
  else if (pending !== undefined) take(desk, event, pending);
  // It grows while it is worked off.
  for (const task of desk.agenda) if (isOpen(state)) work(desk, task);
  concludeMission(desk);
  return { commands: outgoing(desk), notes: desk.notes };
}

/** What was asked for and given up within one step never goes out. */
function outgoing({ state, commands }: Desk): readonly Command[] {
  if (!commands.some(isCancel)) return commands;
  return commands.filter(
    (command) => !isObligation(command) || pendingCommand(state, command.id) !== undefined,
  );
}

function isCancel({ kind }: Command): boolean {
  return kind === 'run.cancel';
}

/** Everything that is owed to the mission now: what a process that takes over must dispatch. */
export function obligations(state: StewardState): readonly Obligation[] {
  return state.pending.filter((command) => !state.held.includes(command.id));
}

type Ignored = Note & { readonly kind: 'event.ignored' };

function reasonToIgnore(
  state: StewardState,
  event: StewardEvent,
  pending: Obligation | undefined,
): Ignored['why'] | null {
  if (!isAnswer(event)) return reasonToIgnoreOutside(state, event);
  if (state.status === 'idle') return 'notStarted';
  if (pending === undefined) return state.status === 'ended' ? 'ended' : 'late';
  if (event.epoch !== pending.epoch) return 'oldEpoch';
  return answers(pending, event) ? null : 'late';
}

function reasonToIgnoreOutside(state: StewardState, event: OutsideEvent): Ignored['why'] | null {
  if (event.kind === 'mission.started') return state.status === 'idle' ? null : 'duplicate';
  if (state.status === 'idle') return 'notStarted';
  if (event.kind === 'recovered') return event.epoch > state.epoch ? null : 'oldEpoch';
  return isOpen(state) ? null : 'ended';
}

/** Whether an event is an answer to this kind of command. */
function answers(command: Obligation, event: AnswerEvent): boolean {
  switch (command.kind) {
    case 'model.ask':
      return event.kind === 'model.answered' || event.kind === 'model.failed';
    case 'tool.use':
      return event.kind === 'tool.returned' || event.kind === 'tool.failed';
    case 'tool.probe':
      return event.kind === 'tool.probed';
    case 'gate.check':
      return event.kind === 'gate.checked' || event.kind === 'gate.failed';
    case 'handoff.deliver':
      return event.kind === 'handoff.delivered' || event.kind === 'handoff.failed';
    case 'approval.request':
      return event.kind === 'approval.decided' || event.kind === 'approval.failed';
    case 'timer.start':
      return event.kind === 'timer.fired';
    case 'credential.grant':
      return event.kind === 'credential.granted';
    case 'credential.revoke':
      return event.kind === 'credential.revoked';
    case 'notify':
      return event.kind === 'notified';
  }
}

function accept(desk: Desk, event: OutsideEvent): void {
  desk.notes.push({ kind: 'outside.accepted', event: event.kind });
  outside(desk, event);
}

function take(desk: Desk, event: AnswerEvent, command: Obligation): void {
  dropPending(desk.state, event.command);
  if (command.kind !== 'timer.start')
    desk.notes.push({ kind: 'answer.accepted', command: command.id, event: event.kind });
  switch (event.kind) {
    case 'model.answered':
      return command.kind === 'model.ask' ? modelAnswered(desk, command, event.answer) : undefined;
    case 'model.failed':
      return command.kind === 'model.ask' ? modelFailed(desk, command, event.failure) : undefined;
    case 'tool.returned':
      return command.kind === 'tool.use' ? toolReturned(desk, command, event.result) : undefined;
    case 'tool.failed':
      return command.kind === 'tool.use' ? toolFailed(desk, command, event.problem) : undefined;
    case 'tool.probed':
      return command.kind === 'tool.probe' ? toolProbed(desk, command, event.found, event.result) : undefined;
    case 'gate.checked':
      return command.kind === 'gate.check' ? gateChecked(desk, command, event) : undefined;
    case 'gate.failed':
      return command.kind === 'gate.check' ? gateFailed(desk, command, event.message) : undefined;
    case 'handoff.delivered':
      return command.kind === 'handoff.deliver' ? handoffDelivered(desk, command, event) : undefined;
    case 'handoff.failed':
      return command.kind === 'handoff.deliver' ? handoffFailed(desk, command, event.message) : undefined;
    case 'approval.decided':
      return command.kind === 'approval.request' ? approvalDecided(desk, command, event) : undefined;
    case 'approval.failed':
      return command.kind === 'approval.request' ? askAgain(desk, command) : undefined;
    case 'timer.fired':
      return command.kind === 'timer.start' ? timerFired(desk, command) : undefined;
    case 'credential.granted':
      return command.kind === 'credential.grant' ? granted(desk, command) : undefined;
    case 'credential.revoked':
      return command.kind === 'credential.revoke' ? credentialRevoked(desk, command.credential) : undefined;
    case 'notified':
      return;
  }
}

function work(desk: Desk, task: Task): void {
  switch (task.kind) {
    case 'begin':
      return begin(desk, task);
    case 'ask':
      return ask(desk, task.assignment);
    case 'useTools':
      return useTools(desk, task.assignment);
    case 'continueTools':
      return continueTools(desk, task.assignment);
    case 'gate':
      return checkGates(desk, task.assignment);
    case 'conclude':
      return conclude(desk, task.assignment);
    case 'commit':
      return commit(desk, task.assignment);
    case 'rework':
      return rework(desk, task.assignment, task.feedback);
    case 'route':
      return route(desk, task.assignment, task.payload);
    case 'fail':
      return task.assignment.phase === 'closed' ? undefined : fail(desk, task.assignment, task.reason);
    case 'end':
      return endMission(desk, task.end, task.reason);
  }
}

/** A credential that was withdrawn before it came is worth nothing: its agent works on without it. */
function granted(desk: Desk, command: CredentialGrant): void {
  credentialGranted(desk, command.credential);
  const assignment = openAssignment(desk.state, command.assignment);
  if (assignment?.phase === 'granting') desk.agenda.push({ kind: 'ask', assignment });
}
