// Arbitrary chaos plans: which faults, when, on whom; they shrink towards one fault at its first crossing.
import fc from 'fast-check';
import { faultOf, faults } from '../../chaos/catalogue.ts';
import type { Fault, FaultFamily } from '../../chaos/fault.ts';
import type { Injection, Plan, Trigger } from '../../chaos/plan.ts';
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
  const off = fc.subarray([...kinds], { maxLength: kinds.length - 1 });
  // A filter in place of a least length: at its least length, a list no longer shrinks from its end.
  const sketches = fc
    .array(anySketch(kinds.length, bounds.agents ?? []), { maxLength: bounds.faultsMax })
    .filter((list) => list.length > 0);
  return fc.tuple(off, sketches).map(([silent, list]): Plan => {
    const on = kinds.map((kind) => !silent.includes(kind));
    return {
      schemaVersion: 1,
      name: 'generated',
      hypothesis: 'the team holds under any such faults',
      injections: list.map((sketch) => injectionOf(sketch, kinds, on)),
    };
  });
}

/** Triggers that can fire, from the plainest to the most varied. */
export function anyTrigger(): fc.Arbitrary<Trigger> {
  // Approvals and handoffs are few: most faults would come too late if all ordinals were as likely.
  const ordinal = fc.oneof(
    { withCrossShrink: true },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 3 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 }) },
  );
  return fc.oneof(
    { withCrossShrink: true },
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

/** An injection before it is known which kinds are on; its numbers shrink towards the first kind and example. */
interface Sketch {
  readonly kind: number;
  readonly example: number;
  readonly trigger: Trigger;
  readonly agent: string | null;
}

function anySketch(kinds: number, agents: readonly string[]): fc.Arbitrary<Sketch> {
  return fc.record({
    kind: fc.nat(kinds - 1),
    example: fc.nat(11),
    trigger: anyTrigger(),
    agent: agents.length === 0 ? fc.constant(null) : fc.option(fc.constantFrom(...agents), { freq: 2 }),
  });
}

/** Takes the next kind that is on. The process is the steward, and no agent: its faults are not narrowed to one. */
function injectionOf(sketch: Sketch, kinds: readonly string[], on: readonly boolean[]): Injection {
  let place = sketch.kind;
  while (on[place] !== true) place = (place + 1) % kinds.length;
  const { kind, examples, layer } = faultOf(kinds[place] as string) as Fault;
  const parameters = examples[sketch.example % examples.length] as JsonObject;
  const { trigger, agent } = sketch;
  const injection = { fault: { ...parameters, kind }, trigger };
  return agent === null || layer === 'process' ? injection : { ...injection, scope: { agents: [agent] } };
}

/** What cannot land in every world is in a plan only where it is asked for by name. */
function kindsOf(bounds: PlanBounds): readonly string[] {
  return faults
    .filter((fault) => fault.needs === undefined || bounds.kinds?.includes(fault.kind) === true)
    .filter((fault) => bounds.families === undefined || bounds.families.includes(fault.family))
    .filter((fault) => bounds.kinds === undefined || bounds.kinds.includes(fault.kind))
    .map((fault) => fault.kind);
}
