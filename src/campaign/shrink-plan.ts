// Shrinking: from a plan that breaks a team to the smallest one that still does.
import type { Injection, Plan, Trigger } from '../chaos/plan.ts';

export interface Shrunk {
  readonly plan: Plan;
  /** Plans tried. */
  readonly steps: number;
}

const stepsMax = 120;

/**
 * Greedy: leaves injections out, then narrows each trigger to one crossing, for as long as the plan still breaks.
 * `breaks` runs the very trial again with another plan.
 */
export async function shrinkPlan(plan: Plan, breaks: (plan: Plan) => Promise<boolean>): Promise<Shrunk> {
  let smallest = plan;
  let steps = 0;
  for (let improved = true; improved && steps < stepsMax;) {
    improved = false;
    for (const candidate of smallerPlans(smallest)) {
      if (steps === stepsMax) break;
      steps += 1;
      if (!(await breaks(candidate))) continue;
      smallest = candidate;
      improved = true;
      break;
    }
  }
  return { plan: smallest, steps };
}

/** Plans one step smaller, the largest steps first. */
export function smallerPlans(plan: Plan): readonly Plan[] {
  const { injections } = plan;
  const without =
    injections.length < 2
      ? []
      : injections.map((_, index) => injections.filter((_one, other) => other !== index));
  const halves =
    injections.length < 4
      ? []
      : [injections.slice(0, injections.length >> 1), injections.slice(injections.length >> 1)];
  const narrowed = injections.flatMap((injection, index) =>
    narrowerTriggers(injection.trigger).map((trigger): readonly Injection[] =>
      injections.with(index, { ...injection, trigger }),
    ),
  );
  return [...halves, ...without, ...narrowed].map((list) => ({ ...plan, injections: list }));
}

function narrowerTriggers(trigger: Trigger): readonly Trigger[] {
  if (trigger.kind === 'nth')
    return Array.from({ length: Math.min(trigger.n - 1, 6) }, (_, index): Trigger => ({
      kind: 'nth',
      n: index + 1,
    }));
  return Array.from({ length: 8 }, (_, index): Trigger => ({ kind: 'nth', n: index + 1 }));
}
