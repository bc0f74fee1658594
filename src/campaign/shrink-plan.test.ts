// Shrinking: the smallest plan that still breaks, found in few tries and never lost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan, Trigger } from '../chaos/plan.ts';
import { shrinkPlan, smallerPlans } from './shrink-plan.ts';
import { planOf } from './toy-subject.test-support.ts';

const kinds = (plan: Plan): readonly string[] => plan.injections.map(({ fault }) => fault.kind);
const has = (plan: Plan, ...wanted: readonly string[]): boolean =>
  wanted.every((kind) => kinds(plan).includes(kind));
const withTrigger = (trigger: Trigger): Plan => {
  const plan = planOf(['a', 1]);
  return { ...plan, injections: [{ ...plan.injections[0]!, trigger }] };
};

describe('shrinking a plan', () => {
  it.each([0, 1, 2, 3, 4])('finds the one culprit of five, wherever it stands (%i)', async (place) => {
    const five = planOf(
      ...[0, 1, 2, 3, 4].map((index) => [index === place ? 'culprit' : `f${index}`, 1] as const),
    );
    const { plan, steps } = await shrinkPlan(five, async (smaller) => has(smaller, 'culprit'));
    expect(kinds(plan)).toEqual(['culprit']);
    expect(steps).toBeLessThan(20);
  });

  it('keeps both where it takes two', async () => {
    const five = planOf(['a', 1], ['x', 1], ['b', 1], ['y', 1], ['c', 1]);
    const { plan } = await shrinkPlan(five, async (smaller) => has(smaller, 'x', 'y'));
    expect(kinds(plan)).toEqual(['x', 'y']);
  });

  it.each<[string, Trigger]>([
    ['always', { kind: 'always' }],
    ['half of the time', { kind: 'probability', p: 0.5 }],
    ['from 2 to 9', { kind: 'between', from: 2, to: 9 }],
    ['the sixth', { kind: 'nth', n: 6 }],
  ])('narrows a trigger (%s) to the first crossing that still breaks', async (_name, trigger) => {
    const breaks = (plan: Plan): boolean => {
      const { trigger: tried } = plan.injections[0]!;
      return tried.kind !== 'nth' || tried.n >= 4;
    };
    const { plan } = await shrinkPlan(withTrigger(trigger), async (smaller) => breaks(smaller));
    expect(plan.injections[0]?.trigger).toEqual({ kind: 'nth', n: 4 });
  });

  it('leaves a plan alone that nothing smaller replaces, and says how many it tried', async () => {
    let tried = 0;
    const plan = planOf(['a', 1], ['b', 3]);
    const shrunk = await shrinkPlan(plan, async () => {
      tried += 1;
      return false;
    });
    expect(shrunk).toEqual({ plan, steps: tried });
  });

  it('stops after its bound, with the smallest plan so far, and counts what it tried', async () => {
    let tried = 0;
    const huge = planOf(...Array.from({ length: 60 }, (_, index) => [`f${index}`, 7] as const));
    const shrunk = await shrinkPlan(huge, async (plan) => {
      tried += 1;
      return plan.injections.length === 60;
    });
    expect(shrunk.steps).toBe(tried);
    expect(tried).toBeLessThanOrEqual(120);
  });

  it('only ever tries plans that are not empty, and smaller than the one before', () => {
    const fault = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(fc.array(fault, { minLength: 1, maxLength: 6 }), (faults) => {
        const size = (plan: Plan): number =>
          plan.injections.reduce(
            (sum, { trigger }) => sum + 10 + (trigger.kind === 'nth' ? trigger.n : 0),
            0,
          );
        const plan = planOf(...faults);
        for (const smaller of smallerPlans(plan)) {
          expect(smaller.injections.length).toBeGreaterThan(0);
          expect(size(smaller)).toBeLessThan(size(plan));
        }
      }),
    );
  });
});
