// Assignments: one piece of work from its handoff to its own; begun, committed, failed, closed.
import type { JsonObject } from '../base/json.ts';
import type { Reply } from '../team/ask.ts';
import { requestCredential, revokeCredential } from './credentials.ts';
import { abandon, definitionOf, teamOf, type Desk } from './desk.ts';
import { heedAlarm } from './loop-guard.ts';
import { commitPatch, driftedKeys, refreshSlice } from './mission-context.ts';
import { cancelTimer, startTimer } from './timers.ts';
import { wakeQueued } from './tools.ts';
import type { Assignment } from './state.ts';
import { dropAssignment } from './pending.ts';

/** An agent whose time is no shorter than the mission's is watched by the mission's own deadline. */
function watchLatency(desk: Desk, { id, startedAtMs }: Assignment, latencyMsMax: number): void {
  if (latencyMsMax >= teamOf(desk.state).budget.latencyMsMax) return;
  startTimer(desk, 'agentDeadline', `${id}/deadline`, startedAtMs + latencyMsMax);
}

interface Work {
  readonly agent: string;
  readonly input: JsonObject;
  readonly from: readonly string[];
}

/** Gives an agent, at its pinned version, a piece of work. */
export function begin(desk: Desk, work: Work): void {
  const { state } = desk;
  const version = state.pins[work.agent] ?? 1;
  const agent = definitionOf(state, work.agent, version);
  const visit = (state.visits[work.agent] ?? 0) + 1;
  if (visit > agent.visitsMax) {
    desk.notes.push({
      kind: 'loop.alarmed',
      agent: work.agent,
      loop: 'exchange',
      repetitions: visit,
      action: 'escalate',
    });
    desk.agenda.push({
      kind: 'end',
      end: 'escalated',
      reason: `${work.agent} was given work more than ${agent.visitsMax} times`,
    });
    return;
  }
  state.visits[work.agent] = visit;
  const assignment = newAssignment(desk, { work, version, visit });
  state.assignments.push(assignment);
  heedAlarm(desk, assignment);
  desk.notes.push({ kind: 'agent.started', agent: agent.name, version, assignment: assignment.id, visit });
  refreshSlice(desk, assignment);
  watchLatency(desk, assignment, agent.budget.latencyMsMax);
  if (agent.scopes.length > 0) requestCredential(desk, assignment, agent.scopes);
  else desk.agenda.push({ kind: 'ask', assignment });
}

/** Commits passed work to the context, unless what it was based on has moved; then hands it on. */
export function commit(desk: Desk, assignment: Assignment): void {
  const { state } = desk;
  const agent = definitionOf(state, assignment.agent, assignment.version);
  const reply = assignment.reply as Reply;
  const foreign = Object.keys(reply.patch).filter((key) => !agent.writes.includes(key));
  if (foreign.length > 0) {
    desk.agenda.push({
      kind: 'rework',
      assignment,
      feedback: [`context: ${foreign.join(', ')} is not yours to write`],
    });
    return;
  }
  const keys = driftedKeys(state, assignment, reply.patch);
  if (keys.length > 0) {
    desk.notes.push({
      kind: 'context.conflicted',
      agent: agent.name,
      assignment: assignment.id,
      base: assignment.baseVersion,
      version: state.contextVersion,
      keys,
    });
    desk.agenda.push({
      kind: 'rework',
      assignment,
      feedback: [`context: ${keys.join(', ')} changed while you worked`],
    });
    return;
  }
  if (Object.keys(reply.patch).length > 0) {
    commitPatch(desk, {
      agent: agent.name,
      assignment: assignment.id,
      base: assignment.baseVersion,
      patch: reply.patch,
    });
  }
  close(desk, assignment, 'done');
  desk.agenda.push({ kind: 'route', agent: agent.name, assignment, payload: reply.payload });
}

/** An agent that cannot do its work: the mission goes on without it, somebody else takes over, or it ends visibly. */
export function fail(desk: Desk, assignment: Assignment, reason: string): void {
  const agent = definitionOf(desk.state, assignment.agent, assignment.version);
  dropCalls(desk, assignment);
  if (agent.optional) {
    close(desk, assignment, 'failed');
    desk.state.degraded.push(`${agent.name}: ${reason}`);
    desk.agenda.push({ kind: 'route', agent: agent.name, assignment, payload: assignment.input });
    return;
  }
  const to = agent.escalateTo.find((name) => name !== agent.name);
  close(desk, assignment, to === undefined ? 'failed' : 'escalated');
  if (to === undefined) {
    desk.agenda.push({ kind: 'end', end: 'failed', reason: `${agent.name}: ${reason}` });
    return;
  }
  desk.notes.push({ kind: 'escalated', agent: agent.name, to, reason });
  if (teamOf(desk.state).agents[to] === undefined)
    desk.agenda.push({ kind: 'end', end: 'escalated', reason: `${agent.name}: ${reason}` });
  else desk.agenda.push({ kind: 'begin', agent: to, input: assignment.input, from: [agent.name] });
}

/** Ends an assignment and takes its credential back. */
export function close(
  desk: Desk,
  assignment: Assignment,
  outcome: 'done' | 'failed' | 'escalated' | 'superseded',
): void {
  assignment.phase = 'closed';
  cancelTimer(desk, `${assignment.id}/deadline`);
  dropAssignment(desk.state, assignment.id);
  revokeCredential(desk, assignment.credential);
  desk.notes.push({
    kind: 'agent.finished',
    agent: assignment.agent,
    assignment: assignment.id,
    outcome,
    confidence: assignment.reply?.confidence ?? null,
    tokens: assignment.tokens,
  });
}

function dropCalls(desk: Desk, assignment: Assignment): void {
  cancelTimer(desk, assignment.id);
  for (const open of assignment.calls) {
    cancelTimer(desk, `${assignment.id}/${open.command}`);
    for (const id of [open.command, open.status === 'approving' ? open.approval : null]) {
      if (id === null) continue;
      cancelTimer(desk, id);
      abandon(desk, id);
    }
  }
  assignment.calls = [];
  wakeQueued(desk);
}

function newAssignment(
  desk: Desk,
  { work, version, visit }: { readonly work: Work; readonly version: number; readonly visit: number },
): Assignment {
  return {
    id: `${work.agent}#${visit}`,
    agent: work.agent,
    version,
    visit,
    input: work.input,
    from: work.from,
    startedAtMs: desk.state.atMs,
    phase: 'granting',
    turn: 0,
    attempt: 0,
    rework: 0,
    gateAttempt: 0,
    baseVersion: 0,
    slice: {},
    feedback: [],
    exchanges: [],
    calls: [],
    credential: null,
    answer: null,
    reply: null,
    tokens: 0,
    lastContent: '',
    sameContent: 0,
    repeats: [],
  };
}
