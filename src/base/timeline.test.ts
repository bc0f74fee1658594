// The timeline: held against a sorted list under any mix of adding, taking and dropping.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './clock.ts';
import { Timeline } from './timeline.ts';

type Act =
  | { readonly kind: 'add'; readonly atMs: number; readonly rank: number }
  | { readonly kind: 'take' }
  | { readonly kind: 'keep'; readonly modulus: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('add' as const), atMs: fc.nat(9), rank: fc.nat(2) }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: 'take' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('keep' as const), modulus: fc.integer({ min: 1, max: 3 }) }),
  },
);

interface Entry {
  readonly atMs: number;
  readonly rank: number;
  readonly value: number;
}

const inOrder = (one: Entry, other: Entry): number =>
  one.atMs - other.atMs || one.rank - other.rank || one.value - other.value;

describe('a timeline', () => {
  it('gives entries in order of time, then rank, then arrival, as a sorted list does', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40, size: 'max' }), (acts) => {
        const timeline = new Timeline<number>();
        let list: Entry[] = [];
        const taken: (readonly [number | undefined, number | undefined])[] = [];
        for (const [value, one] of acts.entries()) {
          if (one.kind === 'add') {
            timeline.add(one.atMs, value, one.rank);
            list = [...list, { atMs: one.atMs, rank: one.rank, value }].sort(inOrder);
          } else if (one.kind === 'take') {
            taken.push([timeline.take()?.value, list.shift()?.value]);
          } else {
            timeline.keep((kept) => kept % one.modulus === 0);
            list = list.filter((entry) => entry.value % one.modulus === 0);
          }
          expect(timeline.size).toBe(list.length);
          expect(timeline.some((kept) => kept === value)).toBe(list.some((entry) => entry.value === value));
        }
        expect(taken.filter(([one, other]) => one !== other)).toEqual([]);
        while (list.length > 0) expect(timeline.take()).toMatchObject(list.shift()!);
        expect(timeline.take()).toBeUndefined();
      }),
    );
  });
});

describe('a virtual clock', () => {
  it('goes where it is told, and never back', () => {
    const clock = new VirtualClock(10);
    clock.advanceTo(15);
    clock.advanceTo(12);
    expect(clock.now()).toBe(15);
  });
});
