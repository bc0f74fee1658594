// Arbitrary chaos plans: which faults, when, on whom; they shrink towards one fault at its first crossing.
import fc from 'fast-check';
import { faultOf, faults } from '../../chaos/catalogue.ts';
import type { FaultFamily } from '../../chaos/fault.ts';
import type { Injection, Plan, Scope, Trigger } from '../../chaos/plan.ts';
import type { JsonObject } from '../../base/json.ts';

export interface PlanBounds {
  readonly faultsMax: number;
  readonly families?: readonly FaultFamily[];
  readonly kinds?: readonly string[];
  /** Names that a scope may be narrowed to. */
  readonly agents?: readonly string[];
}

/** Plans of one to `faultsMax` injections. Each plan first turns whole kinds off (swarm), so that faults do not mask each other. */
export function anyPlan(bounds: PlanBounds): fc.Arbitrary<Plan> {
  const kinds = kindsOf(bounds);
  const swarm = fc.subarray([...kinds], { minLength: 1 });
  const injections = swarm.chain((on) =>
    fc.array(anyInjection(on, bounds.agents ?? []), { minLength: 1, maxLength: bounds.faultsMax }),
  );
  return injections.map((list): Plan => ({
    schemaVersion: 1,
    name: 'generated',
    hypothesis: 'the team holds under any such faults',
    injections: list,
  }));
}

/** Triggers that can fire, from the plainest to the most varied. */
export function anyTrigger(): fc.Arbitrary<Trigger> {
  const ordinal = fc.integer({ min: 1, max: 12 });
  return fc.oneof(
    { weight: 5, arbitrary: ordinal.map((n): Trigger => ({ kind: 'nth', n })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(ordinal, fc.integer({ min: 0, max: 4 }))
        .map(([from, more]): Trigger => ({ kind: 'between', from, to: from + more })),
    },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 5 }).map((n): Trigger => ({ kind: 'every', n })) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 5, max: 60 }).map((p): Trigger => ({ kind: 'probability', p: p / 100 })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(ordinal, fc.integer({ min: 1, max: 4 }))
        .map(([start, length]): Trigger => ({ kind: 'burst', start, length })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.integer({ min: 10, max: 60 }), fc.integer({ min: 30, max: 90 }))
        .map(([enter, leave]): Trigger => ({ kind: 'markov', enter: enter / 100, leave: leave / 100 })),
    },
    { weight: 1, arbitrary: fc.constant<Trigger>({ kind: 'always' }) },
  );
}

function anyInjection(kinds: readonly string[], agents: readonly string[]): fc.Arbitrary<Injection> {
  return fc
    .constantFrom(...kinds)
    .chain((kind) =>
      fc
        .tuple(anyFault(kind), anyTrigger(), anyScope(kind, agents))
        .map(([fault, trigger, scope]): Injection =>
          scope === undefined ? { fault, trigger } : { fault, trigger, scope },
        ),
    );
}

function anyFault(kind: string): fc.Arbitrary<Injection['fault']> {
  const examples = (faultOf(kind)?.examples ?? []) as readonly JsonObject[];
  return fc.constantFrom(...examples).map((parameters) => ({ ...parameters, kind }));
}

/** The process is the steward, and no agent: a scope of agents would keep its faults from ever firing. */
function anyScope(kind: string, agents: readonly string[]): fc.Arbitrary<Scope | undefined> {
  if (agents.length === 0 || faultOf(kind)?.layer === 'process') return fc.constant(undefined);
  return fc.option(
    fc.constantFrom(...agents).map((agent): Scope => ({ agents: [agent] })),
    { nil: undefined, freq: 2 },
  );
}

function kindsOf(bounds: PlanBounds): readonly string[] {
  return faults
    .filter((fault) => bounds.families === undefined || bounds.families.includes(fault.family))
    .filter((fault) => bounds.kinds === undefined || bounds.kinds.includes(fault.kind))
    .map((fault) => fault.kind);
}
