// S10: nothing is tried more often than its limit allows.
import type { AgentDefinition } from '../team/agent.ts';
import type { TeamDefinition } from '../team/definition.ts';
import { checkDetectedLoops } from './detected-loops.ts';
import type { Invariant } from './invariant.ts';
import { definitionAt } from './pinned-definition.ts';
import { checkRequests } from './repeated-requests.ts';
import type { TraceIndex } from './trace-index.ts';
import { broken, held, unknown, type Ruling } from './verdict.ts';

export const attemptsBounded: Invariant = {
  id: 'S10',
  sentence: 'Attempts, turns, reworks, visits and repetitions stay within their limits.',
  check(index) {
    const { team } = index.trace;
    if (team === null) return unknown('the limits of this team are not known');
    for (const family of [
      checkModels,
      checkTools,
      checkHandoffs,
      checkGates,
      checkAssignments,
      checkRequests,
      checkExchanges,
      checkDetectedLoops,
    ]) {
      const ruling = family(index, team);
      if (ruling.kind === 'broken') return ruling;
    }
    return held;
  },
};

function checkModels(index: TraceIndex): Ruling {
  for (const event of index.models) {
    const agent = definitionAt(index.trace, event.agent, event.version);
    if (agent === null) continue;
    if (event.attempt > agent.attemptsMax) return over(event, 'attempt', event.attempt, agent.attemptsMax);
    if (event.turn > agent.turnsMax) return over(event, 'turn', event.turn, agent.turnsMax);
  }
  return held;
}

function checkTools(index: TraceIndex, team: TeamDefinition): Ruling {
  for (const event of index.tools) {
    const max = team.tools[event.tool]?.attemptsMax;
    if (max !== undefined && event.attempt > max)
      return over(event, `attempt at ${event.tool}`, event.attempt, max);
  }
  return held;
}

function checkHandoffs(index: TraceIndex, team: TeamDefinition): Ruling {
  const max = team.limits.handoffAttemptsMax;
  for (const event of index.handoffs) {
    if (event.kind === 'handoff.sent' && event.attempt > max)
      return over({ agent: event.from, seq: event.seq }, `delivery to ${event.to}`, event.attempt, max);
  }
  return held;
}

/** Handoffs between two agents while the context stays as it is; the one too many is not sent. */
function checkExchanges(index: TraceIndex, team: TeamDefinition): Ruling {
  const max = 2 * team.limits.exchangesMax;
  const sent = new Map<string, Set<string>>();
  for (const event of index.handoffs) {
    if (event.kind !== 'handoff.sent') continue;
    const { from, to } = event;
    const pair = `${from < to ? `${from}|${to}` : `${to}|${from}`} ${event.contextVersion}`;
    const ids = sent.get(pair) ?? new Set<string>();
    sent.set(pair, ids.add(event.handoff));
    if (ids.size > max)
      return over(
        { agent: event.from, seq: event.seq },
        `handoff to and fro with ${event.to}`,
        ids.size,
        max,
      );
  }
  return held;
}

function checkGates(index: TraceIndex, team: TeamDefinition): Ruling {
  const max = team.limits.gateAttemptsMax;
  for (const event of index.retries)
    if (event.what === 'gate' && event.attempt > max)
      return over(event, 'question to a gate', event.attempt, max);
  return held;
}

/** Visits are counted, and not only read, so that a counter that stands still is seen too. */
function checkAssignments(index: TraceIndex): Ruling {
  const visits = new Map<string, number>();
  const contracts = new Map<string, AgentDefinition | null>();
  for (const event of index.starts) {
    if (event.kind === 'mission.started') continue;
    const agent = definitionAt(index.trace, event.agent, event.version);
    contracts.set(event.assignment, agent);
    const visit = (visits.get(event.agent) ?? 0) + 1;
    visits.set(event.agent, visit);
    const most = Math.max(visit, event.visit);
    if (agent !== null && most > agent.visitsMax) return over(event, 'visit', most, agent.visitsMax);
  }
  for (const event of index.reworks) {
    const max = contracts.get(event.assignment)?.reworksMax ?? Infinity;
    if (event.rework > max) return over(event, 'rework', event.rework, max);
  }
  return held;
}

function over(
  event: { readonly agent: string; readonly seq: number },
  what: string,
  count: number,
  max: number,
): Ruling {
  return broken(`${event.agent}: ${what} ${count} of ${max}`, event.seq);
}
