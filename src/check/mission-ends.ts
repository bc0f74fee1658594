// L1, L2 and L3: a mission comes to an end, is never forgotten, and does not go on for ever.
import type { Invariant } from './invariant.ts';
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, unknown } from './verdict.ts';

export const missionEndsOrWaits: Invariant = {
  id: 'L1',
  sentence: 'Every mission ends, or waits on an open request that expires.',
  check(index) {
    if (index.ends.length > 0) return held;
    const stop = index.stops[0];
    if (stop === undefined || stop.why === 'error')
      return unknown('the trace does not say why the run stopped');
    if (stop.why === 'stalled')
      return broken('nothing more could happen, and the mission had not ended', stop.seq);
    if (waitsForSomebody(index, stop.atMs)) return held;
    return broken(
      `the run stopped (${stop.why}), and the mission neither ended nor waited for anybody`,
      stop.seq,
    );
  },
};

export const unfinishedMeansPending: Invariant = {
  id: 'L2',
  sentence: 'A mission that has not ended has something pending.',
  check(index) {
    if (index.ends.length > 0) return held;
    const stop = index.stops[0];
    if (index.trace.team === null || stop === undefined)
      return unknown('the trace does not say what was pending');
    return stop.pending > 0 ? held : broken('the mission had not ended, and nothing was pending', stop.seq);
  },
};

export const eventsBounded: Invariant = {
  id: 'L3',
  sentence: 'The events of one mission are bounded.',
  check(index) {
    const { team, state, events } = index.trace;
    const stop = index.stops[0];
    if (stop?.why === 'eventsMax') return broken('the mission ran into the bound on its events', stop.seq);
    if (team === null)
      return stop === undefined ? unknown('the trace does not say why the run stopped') : held;
    const count = state?.events ?? events.length;
    return count <= team.limits.eventsMax
      ? held
      : broken(`${count} events, and the limit is ${team.limits.eventsMax}`, events.length);
  },
};

function waitsForSomebody(index: TraceIndex, atMs: number): boolean {
  const open = new Map<string, StoryEvent<'approvals'> & { readonly kind: 'approval.requested' }>();
  for (const event of index.approvals) {
    switch (event.kind) {
      case 'approval.requested':
        open.set(event.request, event);
        break;
      case 'approval.decided':
      case 'approval.expired':
      case 'approval.outdated':
        open.delete(event.request);
        break;
      case 'context.committed':
      case 'tool.called':
        break;
    }
  }
  for (const request of open.values()) if (request.expiresAtMs > atMs) return true;
  return false;
}
