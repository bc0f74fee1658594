// The satisfiability check: by example, and against random runs of triggers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawAt } from '../base/random.ts';
import type { Crossing, CrossingLayer } from './crossing.ts';
import { crossingOf } from './crossing.test-support.ts';
import type { Scope, Trigger } from './plan.ts';
import { compileScope } from './scope.ts';
import { compileTrigger } from './trigger.ts';
import * as t from './triggers.ts';
import { unsatisfiable, type Reach } from './unsatisfiable.ts';

const reach = (layer: CrossingLayer = 'llm', scope?: Scope): Reach => ({ layer, scope });

const impossible: readonly (readonly [sentence: string, trigger: Trigger, reach: Reach, why: RegExp])[] = [
  ['nth 0', t.nth(0), reach(), /no crossing is ever number 0/],
  ['every 0th', t.every(0), reach(), /every 0/],
  ['a between that ends before it begins', t.between(5, 2), reach(), /numbers 5 to 2/],
  ['a chance of 0', t.probability(0), reach(), /chance of 0 never/],
  ['markov that never enters', t.markov(0, 1), reach(), /enter 0/],
  ['at most 0 firings', t.max(0, t.always()), reach(), /at most 0/],
  ['a burst of no length', t.burst(1, 0), reach(), /burst of 0/],
  ['two numbers at once', t.and(t.nth(2), t.nth(3)), reach(), /at once number 2 and number 3/],
  ['a number outside of a between', t.and(t.between(1, 2), t.nth(5)), reach(), /numbers 1 to 2/],
  ['an odd number of an even beat', t.and(t.every(4), t.every(4, 1)), reach(), /at once/],
  ['after the end', t.and(t.after(10_000), t.until(5000)), reach(), /no time is at or after 10000 ms/],
  ['until the very start', t.until(0), reach(), /before 0 ms/],
  ['two agents at once', t.and(t.onAgent('a'), t.onAgent('b')), reach(), /no agent is at once 'a' and 'b'/],
  ['not always', t.not(t.always()), reach(), /negation of always/],
  ['never certain', t.not(t.probability(1)), reach(), /always comes true/],
  ['an agent outside of the scope', t.onAgent('a'), reach('llm', { agents: ['b'] }), /'a' within b/],
  ['all agents of the scope left out', t.not(t.onAgent('b')), reach('llm', { agents: ['b'] }), /not 'b'/],
  ['a tool where no tool is used', t.onTool('search'), reach('llm'), /llm layer has no tool/],
  ['a scope of tools where no tool is used', t.always(), reach('gate', { tools: ['search'] }), /has no tool/],
  ['a record outside of the process', t.onRecord('tool.returned'), reach('tool'), /has no record/],
  ['an agent of the process', t.onAgent('writer'), reach('process'), /no agent is 'writer' within steward/],
  [
    'the process within agents',
    t.always(),
    reach('process', { agents: ['a'] }),
    /the process is the steward/,
  ],
  [
    'a sender who is not the agent',
    t.and(t.onEdge('a', 'b'), t.onAgent('b')),
    reach('handoff'),
    /sender of a->b/,
  ],
  ['an edge outside of the scope', t.onEdge('a', 'b'), reach('handoff', { edges: ['b->a'] }), /within b->a/],
  ['alternatives that are all impossible', t.or(t.nth(0), t.until(0)), reach(), /number 0; and no time/],
  ['a contradiction behind nots', t.not(t.or(t.nth(1), t.not(t.nth(1)))), reach(), /at once/],
  ['an impossible part of max', t.max(3, t.nth(0)), reach(), /number 0/],
  ['numbers apart in grouped ands', t.and(t.nth(2), t.and(t.onAgent('a'), t.nth(3))), reach(), /at once/],
];

const possible: readonly (readonly [sentence: string, trigger: Trigger, reach: Reach])[] = [
  ['always', t.always(), reach()],
  ['a late number', t.nth(1_000_000_000), reach()],
  ['beats that meet', t.and(t.every(4), t.every(6), t.not(t.nth(12))), reach()],
  ['not a number', t.not(t.nth(1)), reach()],
  ['one good alternative', t.or(t.nth(0), t.nth(1)), reach()],
  ['after and until with room between', t.and(t.after(5000), t.until(10_000)), reach()],
  [
    'numbers of different agents',
    t.or(t.and(t.onAgent('a'), t.nth(1)), t.and(t.onAgent('b'), t.nth(2))),
    reach(),
  ],
  [
    'a sender within the scope',
    t.and(t.onEdge('a', 'b'), t.onAgent('a')),
    reach('handoff', { agents: ['a'] }),
  ],
  ['not a tool where no tool is used', t.not(t.onTool('search')), reach()],
];

const small = fc.integer({ min: 0, max: 5 });
const agent = fc.constantFrom('a', 'b');
const seconds = fc.integer({ min: 0, max: 4 }).map((count) => count * 1000);

const filter: fc.Arbitrary<Trigger> = fc.oneof(
  agent.map(t.onAgent),
  fc.tuple(agent, agent).map(([from, to]) => t.onEdge(from, to)),
  fc.constantFrom('search', 'mail').map(t.onTool),
);

const counting: fc.Arbitrary<Trigger> = fc.oneof(
  small.map(t.nth),
  fc.tuple(small, small).map(([n, offset]) => t.every(n, offset)),
  fc.tuple(small, small).map(([from, to]) => t.between(from, to)),
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), small, fc.option(small, { nil: undefined }))
    .map((b) => t.burst(...b)),
  seconds.map(t.after),
  seconds.map(t.until),
);

const combined = (leaf: fc.Arbitrary<Trigger>): fc.Arbitrary<Trigger> =>
  fc.letrec<{ node: Trigger }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((of) => t.and(...of)),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((of) => t.or(...of)),
      tie('node').map(t.not),
    ),
  })).node;

const chancy: fc.Arbitrary<Trigger> = fc.oneof(
  filter,
  counting,
  fc.constantFrom(0, 0.5, 1).map(t.probability),
  fc
    .tuple(fc.constantFrom(0, 0.5, 1), fc.constantFrom(0, 0.5, 1))
    .map(([enter, leave]) => t.markov(enter, leave)),
  fc.tuple(small, counting).map(([times, of]) => t.max(times, of)),
  fc.tuple(small, counting).map(([crossings, of]) => t.cooldown(crossings, of)),
);

const layers = fc.constantFrom<CrossingLayer>('llm', 'tool', 'handoff');
const scope: fc.Arbitrary<Scope | undefined> = fc.constantFrom<Scope | undefined>(
  undefined,
  { agents: ['a'] },
  { agents: ['a', 'b'] },
  { tools: ['search'] },
  { edges: ['a->b'] },
);

const crossingIn = (layer: CrossingLayer): fc.Arbitrary<Crossing> =>
  fc
    .record({ agent, other: agent, tool: fc.constantFrom('search', 'mail'), elapsedMs: seconds })
    .map(({ agent: who, other, tool, elapsedMs }) =>
      crossingOf(layer, {
        agent: who,
        subject: layer === 'handoff' ? `${who}->${other}` : layer === 'tool' ? tool : 'model',
        elapsedMs,
      }),
    );

function fires(trigger: Trigger, crossings: readonly Crossing[], within?: Scope): boolean {
  const compiled = compileTrigger(trigger, (purpose, ordinal) => drawAt(3, purpose, ordinal));
  const covers = compileScope(within);
  let any = false;
  for (const crossing of crossings) {
    if (covers !== null && !covers(crossing)) continue;
    if (!compiled.step(crossing)) continue;
    compiled.fired();
    any = true;
  }
  return any;
}

/** Every run of one crossing over and over: in such a run every count reaches every number. */
function steadyRuns(): readonly (readonly Crossing[])[] {
  return ['a', 'b', 'c'].flatMap((who) =>
    [0, 1000, 2000, 3000, 4000, 5000].map((elapsedMs) =>
      Array.from({ length: 200 }, () => crossingOf('llm', { agent: who, elapsedMs })),
    ),
  );
}

describe('the satisfiability check', () => {
  it.for(impossible)('refuses %s', ([, trigger, where, why]) =>
    expect(unsatisfiable(trigger, where)).toMatch(why),
  );

  it.for(possible)('lets %s pass', ([, trigger, where]) => expect(unsatisfiable(trigger, where)).toBeNull());

  it('is right: what it refuses never fires', () => {
    const run = layers.chain((layer) =>
      fc.record({
        layer: fc.constant(layer),
        trigger: combined(chancy),
        scope,
        crossings: fc.array(crossingIn(layer), { minLength: 12, maxLength: 12 }),
      }),
    );
    fc.assert(
      fc.property(run, (one) => {
        if (unsatisfiable(one.trigger, { layer: one.layer, scope: one.scope }) === null) return;
        expect(fires(one.trigger, one.crossings, one.scope)).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it('misses nothing where all numbers count the same crossings', () => {
    const runs = steadyRuns();
    const filters = fc.array(
      agent.chain((who) => fc.constantFrom(t.onAgent(who), t.not(t.onAgent(who)))),
      {
        maxLength: 2,
      },
    );
    fc.assert(
      fc.property(filters, combined(counting), (onWhom, counted) => {
        const trigger = t.and(...onWhom, counted);
        if (unsatisfiable(trigger, reach()) !== null) return;
        expect(runs.some((crossings) => fires(trigger, crossings))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
