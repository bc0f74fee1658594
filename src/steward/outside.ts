// What comes from outside: edits, budgets, pauses, new agent versions, withdrawn credentials, a restart.
import type { OutsideEvent } from './event.ts';
import type { ModelAsk, Obligation, ToolUse } from './command.ts';
import { openBooks, presume } from './budgets.ts';
import { revokeCredential } from './credentials.ts';
import { isOpen, teamOf, type Desk } from './desk.ts';
import { endMission } from './ending.ts';
import { commitPatch, openContext } from './mission-context.ts';
import { startRoutes } from './routing.ts';
import { cancelTimer, startTimer } from './timers.ts';
import { finishCall, lookInto } from './tools.ts';

export function outside(desk: Desk, event: OutsideEvent): void {
  switch (event.kind) {
    case 'mission.started':
      return startMission(desk, event);
    case 'context.edited':
      return commitPatch(desk, {
        agent: event.by,
        assignment: 'edit',
        base: desk.state.contextVersion,
        patch: event.patch,
      });
    case 'budget.changed':
      if (desk.state.budget !== null) desk.state.budget.limit = event.budget;
      return;
    case 'cancelled':
      return endMission(desk, 'cancelled', `${event.by}: ${event.reason}`);
    case 'paused':
      if (desk.state.status === 'running') desk.state.status = 'paused';
      return;
    case 'resumed':
      return resume(desk);
    case 'agent.published':
      (desk.state.published[event.definition.name] ??= {})[event.definition.version] = event.definition;
      return event.adopt === 'now' ? pin(desk, event.definition.name, event.definition.version) : undefined;
    case 'agent.rolledBack':
      return event.adopt === 'now' ? pin(desk, event.agent, event.version) : undefined;
    case 'credential.withdrawn':
      return withdraw(desk, event.agent, event.reason);
    case 'recovered':
      return recover(desk, event.epoch);
  }
}

function startMission(desk: Desk, event: OutsideEvent & { readonly kind: 'mission.started' }): void {
  const { state } = desk;
  state.status = 'running';
  state.mission = event.mission;
  state.team = event.team;
  state.startedAtMs = event.atMs;
  for (const agent of Object.values(event.team.agents)) {
    state.published[agent.name] = { [agent.version]: agent };
    state.pins[agent.name] = agent.version;
  }
  desk.notes.push({
    kind: 'mission.started',
    mission: event.mission.id,
    team: event.team.name,
    pins: { ...state.pins },
  });
  openContext(desk, event.mission.context);
  openBooks(desk);
  startTimer(desk, 'missionDeadline', event.mission.id, event.atMs + event.team.budget.latencyMsMax);
  startRoutes(desk, event.mission.input);
}

function resume(desk: Desk): void {
  const { state } = desk;
  if (state.status !== 'paused') return;
  state.status = 'running';
  for (const id of state.held) {
    const command = state.pending[id];
    if (command !== undefined) desk.commands.push(command);
  }
  state.held = [];
}

/** A version that was never published cannot be pinned: the mission stays where it is. */
function pin(desk: Desk, agent: string, version: number): void {
  if (desk.state.published[agent]?.[version] === undefined) return;
  desk.state.pins[agent] = version;
  desk.notes.push({ kind: 'agent.pinned', agent, version });
}

function withdraw(desk: Desk, agent: string, reason: string): void {
  const { state } = desk;
  for (const credential of Object.values(state.credentials)) {
    if (credential.agent === agent) revokeCredential(desk, credential.id);
  }
  for (const command of Object.values(state.pending)) {
    if (command.kind !== 'tool.use' || command.agent !== agent) continue;
    takeBack(desk, command, reason);
  }
}

function takeBack(desk: Desk, command: ToolUse, reason: string): void {
  cancelTimer(desk, command.id);
  delete desk.state.pending[command.id];
  desk.commands.push({ kind: 'run.cancel', id: command.id });
  if (command.effect === 'once') doubt(desk, command);
  else finishCall(desk, command, { error: `credential withdrawn: ${reason}` }, 'failed');
}

/**
 * A new process has taken over: everything that was under way is dispatched again under the new epoch, except calls
 * that may have taken effect and must not be repeated; those are looked into.
 */
function recover(desk: Desk, epoch: number): void {
  const { state } = desk;
  state.epoch = epoch;
  desk.notes.push({ kind: 'resumed', epoch });
  for (const id of Object.keys(state.pending)) {
    const command = state.pending[id];
    if (command === undefined) continue;
    const held = state.held.includes(id);
    if (command.kind === 'tool.use' && command.effect === 'once' && !held && isOpen(state)) {
      cancelTimer(desk, id);
      delete state.pending[id];
      doubt(desk, command);
      continue;
    }
    if (command.kind === 'model.ask' && !held && isOpen(state)) {
      askOver(desk, command);
      continue;
    }
    const again: Obligation = { ...command, epoch };
    state.pending[id] = again;
    if (!held) desk.commands.push(again);
  }
}

/** The answer that was under way is lost and may have been billed: it is presumed spent, and asked for again. */
function askOver(desk: Desk, command: ModelAsk): void {
  cancelTimer(desk, command.id);
  delete desk.state.pending[command.id];
  presume(desk, command.agent, { command: command.id, reserved: command.tokensReserved });
  const assignment = desk.state.assignments[command.assignment];
  if (assignment === undefined) return;
  assignment.attempt -= 1;
  desk.agenda.push({ kind: 'ask', assignment });
}

function doubt(desk: Desk, command: ToolUse): void {
  const assignment = desk.state.assignments[command.assignment];
  const open = assignment?.calls.find((call) => call.command === command.id);
  const tool = teamOf(desk.state).tools[command.call.name];
  if (assignment !== undefined && open !== undefined && tool !== undefined)
    lookInto(desk, assignment, { command, open, tool });
}
