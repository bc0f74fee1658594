// Triggers over sequences of crossings: which ones they choose.
import { describe, expect, it } from 'vitest';
import { drawAt } from '../base/random.ts';
import type { Crossing } from './crossing.ts';
import { crossingOf } from './crossing.test-support.ts';
import type { Trigger } from './plan.ts';
import { compileTrigger } from './trigger.ts';
import * as t from './triggers.ts';

/** Agents by letter: `aab` is two crossings of a, then one of b, a second apart. */
const byAgents = (letters: string): readonly Crossing[] =>
  letters
    .split('')
    .map((agent, index) => crossingOf('llm', { agent, ordinal: index + 1, elapsedMs: index * 1000 }));

const ten = byAgents('aaaaaaaaaa');

/** The 1-based places at which the trigger fires; each firing is taken to succeed unless `fails` has its place. */
function firings(
  trigger: Trigger,
  crossings: readonly Crossing[],
  fails: readonly number[] = [],
): readonly number[] {
  const compiled = compileTrigger(trigger, (purpose, ordinal) => drawAt(7, 'test', purpose, ordinal));
  return crossings.flatMap((crossing, index) => {
    const fires = compiled.step(crossing) && !fails.includes(index + 1);
    if (fires) compiled.fired();
    return fires ? [index + 1] : [];
  });
}

const table: readonly (readonly [sentence: string, trigger: Trigger, fires: readonly number[]])[] = [
  ['always fires at each crossing', t.always(), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ['nth counts from 1', t.nth(1), [1]],
  ['nth fires once', t.nth(4), [4]],
  ['every third is 3, 6, 9', t.every(3), [3, 6, 9]],
  ['every third after the first is 4, 7, 10', t.every(3, 1), [4, 7, 10]],
  ['between includes both ends', t.between(2, 4), [2, 3, 4]],
  ['after includes its time', t.after(7000), [8, 9, 10]],
  ['until excludes its time', t.until(2000), [1, 2]],
  ['a burst without gap comes once', t.burst(3, 2), [3, 4]],
  ['a burst with gap comes again', t.burst(2, 2, 3), [2, 3, 7, 8]],
  ['a chance of 0 never fires', t.probability(0), []],
  ['a chance of 1 always fires', t.probability(1), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ['markov enters and stays', t.markov(1, 0), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ['markov changes at each crossing', t.markov(1, 1), [1, 3, 5, 7, 9]],
  ['and wants all', t.and(t.between(2, 6), t.every(2)), [2, 4, 6]],
  ['or wants one', t.or(t.nth(2), t.nth(9)), [2, 9]],
  ['not turns it round', t.not(t.between(2, 9)), [1, 10]],
  ['max stops after so many', t.max(2, t.every(3)), [3, 6]],
  ['cooldown is quiet for so many crossings', t.cooldown(3, t.always()), [1, 5, 9]],
  ['max inside and counts only what fired', t.and(t.max(1, t.always()), t.nth(5)), [5]],
];

describe('a trigger', () => {
  it.for(table)('%s', ([, trigger, fires]) => expect(firings(trigger, ten)).toEqual(fires));

  it('counts the crossings of the agent it is conjoined with', () => {
    expect(firings(t.and(t.onAgent('b'), t.nth(2)), byAgents('ababab'))).toEqual([4]);
    expect(firings(t.and(t.nth(2), t.onAgent('b')), byAgents('ababab'))).toEqual([4]);
  });

  it('counts everybody when the agent stands elsewhere', () => {
    expect(firings(t.or(t.onAgent('z'), t.nth(2)), byAgents('ababab'))).toEqual([2]);
  });

  it('counts the same however the ands are grouped and whatever wraps the number', () => {
    const crossings = byAgents('abbabbb');
    expect(firings(t.and(t.nth(2), t.and(t.onAgent('b'), t.always())), crossings)).toEqual([3]);
    expect(firings(t.and(t.onAgent('b'), t.or(t.nth(2), t.nth(4))), crossings)).toEqual([3, 6]);
    expect(firings(t.and(t.onAgent('b'), t.not(t.nth(1))), crossings)).toEqual([3, 5, 6, 7]);
    expect(firings(t.and(t.not(t.onAgent('a')), t.nth(2)), crossings)).toEqual([3]);
    expect(firings(t.and(t.or(t.onAgent('a'), t.onAgent('z')), t.nth(2)), crossings)).toEqual([4]);
    expect(firings(t.and(t.onAgent('b'), t.max(1, t.every(2))), crossings)).toEqual([3]);
  });

  it('does not let time change what is counted', () => {
    expect(firings(t.and(t.after(3000), t.nth(2)), ten)).toEqual([]);
    expect(firings(t.and(t.after(3000), t.nth(5)), ten)).toEqual([5]);
  });

  it('knows tools, edges and records by their layers', () => {
    const mixed = [
      crossingOf('tool', { subject: 'search' }),
      crossingOf('llm', { subject: 'search' }),
      crossingOf('handoff', { subject: 'a->b' }),
      crossingOf('process', { subject: 'tool.returned' }),
    ];
    expect(firings(t.onTool('search'), mixed)).toEqual([1]);
    expect(firings(t.onEdge('a', 'b'), mixed)).toEqual([3]);
    expect(firings(t.onRecord('tool.returned'), mixed)).toEqual([4]);
  });

  it('does not count a firing that came to nothing', () => {
    expect(firings(t.max(1, t.always()), ten, [1, 2])).toEqual([3]);
    expect(firings(t.cooldown(5, t.always()), ten, [1, 2])).toEqual([3, 9]);
  });

  it('draws about as often as its chance says, and each part for itself', () => {
    const many = byAgents('a'.repeat(4000));
    expect(firings(t.probability(0.25), many).length / 4000).toBeCloseTo(0.25, 1);
    const both = firings(t.and(t.probability(0.5), t.probability(0.5)), many).length / 4000;
    expect(both).toBeCloseTo(0.25, 1);
  });
});
