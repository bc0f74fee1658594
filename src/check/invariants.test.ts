// The list of invariants is whole, and a healthy run holds them all.
import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../trace/event.ts';
import { checkTrace, handoffInvariants, invariants } from './invariants.ts';
import { healthyStory } from './testing/healthy-story.test-support.ts';
import { healthyTrace, outsideTrace } from './testing/prove.test-support.ts';
import type { InvariantId } from './verdict.ts';
import { behind, tell, type Line } from './testing/trace-story.test-support.ts';

const numbers = (letter: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_each, place) => `${letter}${place + 1}`);

/** What shows of a team outside that an invariant holds; of one that is not named, nothing can. */
const evidence: Partial<Record<InvariantId, readonly TraceEvent['kind'][]>> = {
  S1: ['finding'],
  S2: ['finding'],
  S4: ['tool.applied'],
  L1: ['mission.ended'],
  L2: ['mission.ended'],
  L3: ['run.stopped'],
};

describe('the invariants', () => {
  it('are S1 to S13 and L1 to L4, in order, each with a sentence of its own', () => {
    expect(invariants.map(({ id }) => id)).toEqual([...numbers('S', 13), ...numbers('L', 4)]);
    expect(new Set(invariants.map(({ sentence }) => sentence)).size).toBe(17);
  });

  it('all hold for the healthy story', () => {
    expect(checkTrace(healthyTrace)).toEqual(invariants.map(({ id }) => ({ invariant: id, kind: 'held' })));
  });

  it('are held for a team outside only where its trace can show it', () => {
    const held = checkTrace(outsideTrace).filter(({ kind }) => kind === 'held');
    expect(held.map(({ invariant }) => invariant)).toEqual(['S1', 'S2', 'S4', 'L1', 'L2', 'L3']);
    expect(checkTrace(outsideTrace).filter(({ kind }) => kind === 'broken')).toEqual([]);
  });

  it.each(invariants.map(({ id }) => id))('%s is not held of a team outside without its evidence', (id) => {
    const kinds = evidence[id] ?? [];
    const events = outsideTrace.events.filter(({ kind }) => !kinds.includes(kind));
    expect(events.length === outsideTrace.events.length).toBe(kinds.length === 0);
    const verdicts = checkTrace({ ...outsideTrace, events });
    expect(verdicts.find(({ invariant }) => invariant === id)?.kind).not.toBe('held');
  });

  it('can be checked in part, as the handoff invariants are', () => {
    const verdicts = checkTrace(healthyTrace, handoffInvariants);
    expect(verdicts.map(({ invariant }) => invariant)).toEqual(handoffInvariants.map(({ id }) => id));
    expect(handoffInvariants.every((invariant) => invariants.includes(invariant))).toBe(true);
  });

  it('pass over events of a kind that they do not know', () => {
    const strange = { kind: 'weather.changed' } as unknown as Line;
    expect(checkTrace(tell(behind(healthyStory, 'handoff.sent', [strange])))).toEqual(
      checkTrace(healthyTrace),
    );
  });
});
