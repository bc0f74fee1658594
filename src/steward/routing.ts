// Routing: who works next. B starts once A has finished, each handoff is acknowledged, and none is delivered twice.
import { canonicalJson } from '../base/canonical.ts';
import { sameBytes } from '../base/same-bytes.ts';
import type { JsonObject } from '../base/json.ts';
import type { RouteCondition } from '../team/route.ts';
import type { Handoff } from '../team/handoff.ts';
import type { HandoffDeliver } from './command.ts';
import { abandon, definitionOf, issue, mint, teamOf, type Desk } from './desk.ts';
import { watchExchange } from './loop-guard.ts';
import { backoffMs, cancelTimer, startTimer } from './timers.ts';
import type { Assignment } from './state.ts';

/** Starts the agents that no handoff starts. */
export function startRoutes(desk: Desk, input: JsonObject): void {
  const { routes } = teamOf(desk.state);
  const start = routes.kind === 'router' ? [routes.router] : routes.start;
  for (const agent of start) desk.agenda.push({ kind: 'begin', agent, input, from: [] });
}

/** Hands an agent's finished work to whoever is next. */
export function route(desk: Desk, assignment: Assignment, payload: JsonObject): void {
  const targets = targetsOf(desk, assignment, payload);
  if (targets === null) {
    desk.agenda.push({
      kind: 'end',
      end: 'escalated',
      reason: `no route leads on from ${assignment.agent} for this result`,
    });
    return;
  }
  for (const to of targets) {
    if (watchExchange(desk, assignment.agent, to) === 'escalate') {
      desk.agenda.push({
        kind: 'end',
        end: 'escalated',
        reason: `${assignment.agent} and ${to} hand the work back and forth`,
      });
      return;
    }
    deliver(desk, envelope(desk, assignment, { to, payload }), 1);
  }
}

/** Takes an acknowledged handoff: the receiver starts, or waits for the others it joins. */
export function handoffDelivered(
  desk: Desk,
  command: HandoffDeliver,
  receipt: { readonly to: string; readonly handoff: Handoff },
): void {
  const { handoff } = command;
  if (receipt.to !== handoff.to || !sameEnvelope(receipt.handoff, handoff)) {
    handoffFailed(
      desk,
      command,
      receipt.to === handoff.to ? 'the envelope was altered on the way' : `it went to ${receipt.to}`,
    );
    return;
  }
  cancelTimer(desk, command.id);
  const receiver = definitionOf(desk.state, handoff.to, desk.state.pins[handoff.to] ?? 1);
  if (receiver.join === 'any') {
    desk.agenda.push({ kind: 'begin', agent: handoff.to, input: handoff.payload, from: [handoff.from] });
    return;
  }
  const waiting = (desk.state.joins[handoff.to] ??= {});
  waiting[handoff.from] = handoff.payload;
  const senders = sendersTo(desk, handoff.to);
  if (senders.every((sender) => waiting[sender] !== undefined)) {
    desk.agenda.push({
      kind: 'begin',
      agent: handoff.to,
      input: { ...waiting },
      from: senders,
    });
    delete desk.state.joins[handoff.to];
  }
}

/** A handoff that did not arrive is delivered again, within its limit. */
export function handoffFailed(desk: Desk, command: HandoffDeliver, message: string): void {
  cancelTimer(desk, command.id);
  const { limits } = teamOf(desk.state);
  const { handoff, attempt } = command;
  if (attempt >= limits.handoffAttemptsMax) {
    desk.agenda.push({
      kind: 'end',
      end: 'escalated',
      reason: `the handoff from ${handoff.from} to ${handoff.to} did not arrive: ${message}`,
    });
    return;
  }
  const waitMs = backoffMs(desk, attempt, 0);
  desk.notes.push({
    kind: 'retry.scheduled',
    agent: handoff.from,
    what: 'handoff',
    attempt: attempt + 1,
    waitMs,
  });
  desk.state.handoffs.push(handoff);
  startTimer(desk, 'handoffRetry', `${handoff.id}/${attempt + 1}`, desk.state.atMs + waitMs);
}

/** No acknowledgement yet: the same envelope goes out again, and whichever acknowledgement comes first counts. */
export function handoffTimedOut(desk: Desk, command: HandoffDeliver): void {
  const { limits } = teamOf(desk.state);
  if (desk.state.status === 'paused') return watchDelivery(desk, command.id);
  const attempt = command.attempt + 1;
  if (attempt > limits.handoffAttemptsMax) {
    abandon(desk, command.id);
    handoffFailed(desk, command, 'no acknowledgement in time');
    return;
  }
  desk.notes.push({
    kind: 'retry.scheduled',
    agent: command.handoff.from,
    what: 'handoff',
    attempt,
    waitMs: 0,
  });
  issue(desk, { ...command, epoch: desk.state.epoch, attempt });
  watchDelivery(desk, command.id);
}

/** Delivers again what `handoffFailed` put aside; `watched` is `<handoff>/<attempt>`. */
export function redeliver(desk: Desk, watched: string): void {
  const [id, attempt] = watched.split('/');
  const place = desk.state.handoffs.findIndex((waiting) => waiting.id === id);
  const handoff = desk.state.handoffs[place];
  if (handoff === undefined) return;
  desk.state.handoffs.splice(place, 1);
  deliver(desk, handoff, Number(attempt));
}

/** The agents that a joining agent waits for. */
export function sendersTo(desk: Desk, agent: string): readonly string[] {
  const { routes } = teamOf(desk.state);
  return routes.kind === 'graph'
    ? routes.edges.filter((edge) => edge.to === agent).map((edge) => edge.from)
    : [routes.router];
}

function deliver(desk: Desk, handoff: Handoff, attempt: number): void {
  const id = mint(desk, 'c');
  issue(desk, { kind: 'handoff.deliver', id, epoch: desk.state.epoch, handoff, attempt });
  watchDelivery(desk, id);
}

function watchDelivery(desk: Desk, id: string): void {
  const { handoffTimeoutMs } = teamOf(desk.state).limits;
  startTimer(desk, 'handoffTimeout', id, desk.state.atMs + handoffTimeoutMs);
}

function targetsOf(desk: Desk, assignment: Assignment, payload: JsonObject): readonly string[] | null {
  const { routes } = teamOf(desk.state);
  if (routes.kind === 'router') {
    if (assignment.agent !== routes.router) return [routes.router];
    const next = assignment.reply?.next;
    if (next === 'end') return [];
    return next !== undefined && routes.agents.includes(next) ? [next] : null;
  }
  const edges = routes.edges.filter((edge) => edge.from === assignment.agent);
  const matching = edges.filter((edge) => edge.when === undefined || matches(edge.when, payload));
  if (edges.length > 0 && matching.length === 0) return null;
  return matching.map((edge) => edge.to).filter((to) => to !== 'end');
}

function matches(condition: RouteCondition, payload: JsonObject): boolean {
  const value = Object.hasOwn(payload, condition.field) ? payload[condition.field] : null;
  const equal = canonicalJson(value ?? null) === canonicalJson(condition.value);
  return condition.is === 'equal' ? equal : !equal;
}

function envelope(
  desk: Desk,
  assignment: Assignment,
  work: { readonly to: string; readonly payload: JsonObject },
): Handoff {
  const { state } = desk;
  return {
    id: `${assignment.id}->${work.to}`,
    mission: state.mission?.id ?? '',
    from: assignment.agent,
    fromVersion: assignment.version,
    to: work.to,
    payload: work.payload,
    confidence: assignment.reply?.confidence ?? 0,
    flags: assignment.reply?.flags ?? [],
    contextVersion: state.contextVersion,
    tokens: assignment.tokens,
    startedAtMs: assignment.startedAtMs,
    sentAtMs: state.atMs,
  };
}

function sameEnvelope(one: Handoff, other: Handoff): boolean {
  return sameBytes(one, other);
}
