// What comes from outside: edits, budgets, pauses, new agent versions, withdrawn credentials, loops, a restart.
import type { AgentDefinition } from '../team/agent.ts';
import type { BudgetDefinition } from '../team/budget.ts';
import { openBooks, presume } from './budgets.ts';
import type { ModelAsk, Obligation, ToolUse } from './command.ts';
import { revokeCredential } from './credentials.ts';
import { isOpen, teamOf, type Desk } from './desk.ts';
import { endMission } from './ending.ts';
import type { OutsideEvent } from './event.ts';
import { loopDetected } from './loop-guard.ts';
import { commitPatch, openContext } from './mission-context.ts';
import { dropPending, openAssignment, pendingCommand, putPending } from './pending.ts';
import { startRoutes } from './routing.ts';
import { cancelTimer, dispatchedNow, startTimer } from './timers.ts';
import { finishCall, lookInto } from './tool-answers.ts';

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
      return changeBudget(desk, event.budget);
    case 'cancelled':
      return endMission(desk, 'cancelled', `${event.by}: ${event.reason}`);
    case 'paused':
      if (desk.state.status === 'running') desk.state.status = 'paused';
      return;
    case 'resumed':
      return resume(desk);
    case 'agent.published':
      return publish(desk, event.definition, event.adopt);
    case 'agent.rolledBack':
      return event.adopt === 'now' ? pin(desk, event.agent, event.version) : undefined;
    case 'credential.withdrawn':
      return withdraw(desk, event.agent, event.reason);
    case 'loop.detected':
      return loopDetected(desk, event);
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
    const versions: Record<string, AgentDefinition> = {};
    versions[agent.version] = agent;
    state.published[agent.name] = versions;
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
  startTimer(desk, 'missionDeadline', 'mission', event.atMs + event.team.budget.latencyMsMax);
  startRoutes(desk, event.mission.input);
}

function resume(desk: Desk): void {
  const { state } = desk;
  if (state.status !== 'paused') return;
  state.status = 'running';
  for (const id of state.held) {
    const command = pendingCommand(state, id);
    if (command === undefined) continue;
    const now = dispatchedNow(command, state.atMs);
    putPending(state, now);
    desk.commands.push(now);
  }
  state.held = [];
}

function changeBudget(desk: Desk, budget: BudgetDefinition): void {
  const { state } = desk;
  if (state.budget === null) return;
  state.budget.limit = budget;
  state.budget.alerted = false;
  startTimer(desk, 'missionDeadline', 'mission', state.startedAtMs + budget.latencyMsMax);
}

/** A version that is out never changes, and an agent that the team has not got gets no work: both are left out. */
function publish(desk: Desk, definition: AgentDefinition, adopt: 'next' | 'now'): void {
  const { name, version } = definition;
  if (!Object.hasOwn(desk.state.published, name)) return;
  const versions = desk.state.published[name] as Record<string, AgentDefinition>;
  versions[version] ??= definition;
  if (adopt === 'now') pin(desk, name, version);
}

/** A version that was never published cannot be pinned: the mission stays where it is. */
function pin(desk: Desk, agent: string, version: number): void {
  if (desk.state.published[agent]?.[version] === undefined) return;
  desk.state.pins[agent] = version;
  desk.notes.push({ kind: 'agent.pinned', agent, version });
}

function withdraw(desk: Desk, agent: string, reason: string): void {
  const { state } = desk;
  for (const credential of state.credentials) {
    if (credential.agent === agent) revokeCredential(desk, credential.id);
  }
  for (const command of state.pending.slice()) {
    if (command.kind !== 'tool.use' || command.agent !== agent) continue;
    takeBack(desk, command, reason);
  }
}

function takeBack(desk: Desk, command: ToolUse, reason: string): void {
  cancelTimer(desk, command.id);
  dropPending(desk.state, command.id);
  desk.commands.push({ kind: 'run.cancel', id: command.id });
  if (command.effect === 'once' && !desk.state.held.includes(command.id)) doubt(desk, command);
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
  for (const command of state.pending.slice()) {
    if (pendingCommand(state, command.id) === undefined) continue;
    const held = state.held.includes(command.id);
    if (command.kind === 'tool.use' && command.effect === 'once' && !held && isOpen(state)) {
      cancelTimer(desk, command.id);
      dropPending(state, command.id);
      doubt(desk, command);
      continue;
    }
    if (command.kind === 'model.ask' && !held && isOpen(state)) {
      askOver(desk, command);
      continue;
    }
    const again: Obligation = { ...dispatchedNow(command, state.atMs), epoch };
    putPending(state, again);
    if (!held) desk.commands.push(again);
  }
}

/** The answer that was under way is lost and may have been billed: it is presumed spent, and asked for again. */
function askOver(desk: Desk, command: ModelAsk): void {
  cancelTimer(desk, command.id);
  dropPending(desk.state, command.id);
  presume(desk, command);
  const assignment = openAssignment(desk.state, command.assignment);
  if (assignment === undefined) return;
  assignment.attempt -= 1;
  desk.agenda.push({ kind: 'ask', assignment });
}

function doubt(desk: Desk, command: ToolUse): void {
  const assignment = openAssignment(desk.state, command.assignment);
  const open = assignment?.calls.find((call) => call.command === command.id);
  const tool = teamOf(desk.state).tools[command.call.name];
  if (assignment !== undefined && open !== undefined && tool !== undefined)
    lookInto(desk, assignment, { command, open, tool });
}
