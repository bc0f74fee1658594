// S13: what comes twice, late or out of order changes nothing.
import { checkClosedWork } from './closed-work.ts';
import { findingOn } from './driver-findings.ts';
import { acceptedOnce } from './effects-once.ts';
import type { Invariant } from './invariant.ts';
import { checkHandovers } from './starts-handed-over.ts';
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, unknown, worst, type Ruling } from './verdict.ts';

export const duplicatesHarmless: Invariant = {
  id: 'S13',
  sentence: 'Duplicated, reordered and late events change nothing, and one handoff starts one piece of work.',
  check(index) {
    const { team } = index.trace;
    if (team === null) return unknown('the trace does not say which events the team took in');
    return worst(
      ignoredChangeNothing(index),
      acceptedOnce(index),
      startsAreCalledFor(index),
      checkHandovers(index, team),
      checkClosedWork(index),
    );
  },
};

/** Only the driver sees that an ignored event left the state alone; where none was ignored there is nothing to see. */
function ignoredChangeNothing(index: TraceIndex): Ruling {
  const finding = findingOn(index, 'S13');
  return finding.kind === 'unknown' && index.ignored.length === 0 ? held : finding;
}

/** An agent is given work by the mission's start, a handoff of its own, or an escalation: by each at most once. */
function startsAreCalledFor(index: TraceIndex): Ruling {
  const starts = new Map<string, StoryEvent<'starts'>[]>();
  for (const event of index.starts) {
    if (event.kind === 'mission.started') continue;
    const known = starts.get(event.agent);
    if (known === undefined) starts.set(event.agent, [event]);
    else known.push(event);
  }
  const reasons = reasonsToStart(index);
  for (const [agent, events] of starts) {
    const reason = reasons.get(agent) ?? 0;
    if (events.length > reason)
      return broken(`${agent} was started ${events.length} times for ${reason} reasons`, events[reason]!.seq);
  }
  return held;
}

function reasonsToStart(index: TraceIndex): ReadonlyMap<string, number> {
  const reasons = new Map<string, number>();
  const add = (agent: string): unknown => reasons.set(agent, (reasons.get(agent) ?? 0) + 1);
  const routes = index.trace.team?.routes;
  if (routes?.kind === 'router') add(routes.router);
  else for (const agent of routes?.start ?? []) add(agent);
  for (const event of index.escalations) add(event.to);
  const handoffs = new Set<string>();
  for (const { handoff, to } of index.handoffs) {
    const reason = `${handoff} ${to}`;
    if (handoffs.has(reason)) continue;
    handoffs.add(reason);
    add(to);
  }
  return reasons;
}
