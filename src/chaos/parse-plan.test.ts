// Plans as a user writes them: what is taken, what is refused, and how the refusal reads.
import { describe, expect, it } from 'vitest';
import { MusterError } from '../base/muster-error.ts';
import { parsePlan } from './parse-plan.ts';
import { inject, plan } from './plan-builder.ts';
import * as t from './triggers.ts';

const where = { place: 'my.json', agents: ['writer', 'closer'], tools: ['search'] };
const injection = { fault: { kind: 'llm.latency', ms: 10 }, trigger: { kind: 'always' } };
const good = { schemaVersion: 1, name: 'slow', hypothesis: 'It still works.', injections: [injection] };
const withInjection = (more: object): unknown => ({ ...good, injections: [{ ...injection, ...more }] });
const withTrigger = (trigger: unknown): unknown => withInjection({ trigger });

function refusal(value: unknown): MusterError {
  try {
    parsePlan(value, where);
  } catch (error) {
    if (error instanceof MusterError) return error;
    throw error;
  }
  throw new Error('the plan was taken');
}

const refused: readonly (readonly [
  sentence: string,
  value: unknown,
  code: string,
  place: string,
  says: RegExp,
])[] = [
  ['nothing', undefined, 'PLAN_INVALID', 'my.json', /not a chaos plan/],
  ['a list', [], 'PLAN_INVALID', 'my.json', /not a chaos plan/],
  ['another version', { ...good, schemaVersion: 2 }, 'PLAN_INVALID', 'my.json.schemaVersion', /got 2/],
  ['no hypothesis', { ...good, hypothesis: '' }, 'PLAN_INVALID', 'my.json.hypothesis', /not a chaos plan/],
  ['a member too many', { ...good, when: 1 }, 'PLAN_INVALID', 'my.json', /when/],
  [
    'an unknown trigger',
    withTrigger({ kind: 'sometimes' }),
    'PLAN_INVALID',
    'my.json.injections[0].trigger.kind',
    /sometimes/,
  ],
  [
    'a number that is none, deep inside',
    withTrigger({ kind: 'and', of: [{ kind: 'not', of: { kind: 'nth', n: '2' } }] }),
    'PLAN_INVALID',
    'my.json.injections[0].trigger.of[0].of.n',
    /expected number/,
  ],
  [
    'a chance above 1',
    withTrigger({ kind: 'probability', p: 1.5 }),
    'PLAN_INVALID',
    'my.json.injections[0].trigger.p',
    /1.5/,
  ],
  [
    'an and of nothing',
    withTrigger({ kind: 'and', of: [] }),
    'PLAN_INVALID',
    'my.json.injections[0].trigger.of',
    /not a chaos plan/,
  ],
  [
    'an edge that is none',
    withInjection({ scope: { edges: ['writer'] } }),
    'PLAN_INVALID',
    'my.json.injections[0].scope.edges[0]',
    /from->to/,
  ],
  ['no injections', { ...good, injections: [] }, 'PLAN_EMPTY', 'my.json.injections', /injects nothing/],
  [
    'an unknown fault',
    withInjection({ fault: { kind: 'llm.latncy' } }),
    'PLAN_UNKNOWN_FAULT',
    'my.json.injections[0].fault.kind',
    /Did you mean 'llm\.latency'/,
  ],
  [
    'a parameter of the wrong type',
    withInjection({ fault: { kind: 'llm.latency', ms: 'long' } }),
    'PLAN_BAD_PARAMETERS',
    'my.json.injections[0].fault.ms',
    /llm\.latency takes: ms, dist/,
  ],
  [
    'a missing parameter',
    withInjection({ fault: { kind: 'llm.latency' } }),
    'PLAN_BAD_PARAMETERS',
    'my.json.injections[0].fault.ms',
    /not right/,
  ],
  [
    'a parameter that is not known',
    withInjection({ fault: { kind: 'llm.hang', ms: 1 } }),
    'PLAN_BAD_PARAMETERS',
    'my.json.injections[0].fault',
    /takes no parameters/,
  ],
  [
    'a stranger in the scope',
    withInjection({ scope: { agents: ['writer', 'wrtier'] } }),
    'PLAN_UNKNOWN_AGENT',
    'my.json.injections[0].scope.agents[1]',
    /It has: writer, closer/,
  ],
  [
    'a stranger on an edge',
    withInjection({ scope: { edges: ['writer->nobody'] } }),
    'PLAN_UNKNOWN_AGENT',
    'my.json.injections[0].scope.edges[0]',
    /nobody/,
  ],
  [
    'a stranger in a trigger',
    withTrigger(t.max(1, t.and(t.nth(1), t.onAgent('nobody')))),
    'PLAN_UNKNOWN_AGENT',
    'my.json.injections[0].trigger.of.of[1].agent',
    /nobody/,
  ],
  [
    'a stranger in a parameter',
    withInjection({ fault: { kind: 'llm.partition', agents: ['nobody'] } }),
    'PLAN_UNKNOWN_AGENT',
    'my.json.injections[0].fault.agents[0]',
    /nobody/,
  ],
  [
    'a tool that is not there',
    withTrigger(t.onTool('mail')),
    'PLAN_UNKNOWN_TOOL',
    'my.json.injections[0].trigger.tool',
    /It has: search/,
  ],
  [
    'a trigger that cannot fire',
    withTrigger(t.and(t.nth(2), t.nth(3))),
    'PLAN_UNSATISFIABLE',
    'my.json.injections[0].trigger',
    /no crossing is at once number 2 and number 3/,
  ],
  [
    'a trigger of another layer',
    withTrigger(t.onTool('search')),
    'PLAN_UNSATISFIABLE',
    'my.json.injections[0].trigger',
    /llm layer has no tool/,
  ],
];

describe('parsePlan', () => {
  it('takes a plan and fills in the defaults of its faults', () => {
    const read = parsePlan(good, where);
    expect(read).toMatchObject({ name: 'slow', injections: [{ trigger: { kind: 'always' } }] });
    expect(read.injections[0]?.fault).toEqual({
      kind: 'llm.latency',
      ms: 10,
      dist: 'fixed',
      jitterMs: 0,
      burstLength: 3,
      burstGap: 5,
    });
  });

  it('gives back what it has read before', () => {
    const read = parsePlan(good, where);
    expect(parsePlan(read, where)).toEqual(read);
  });

  it('checks no names where it is given none', () =>
    expect(() => parsePlan(withTrigger(t.onAgent('nobody')), { place: 'x' })).not.toThrow());

  it.for(refused)('refuses %s', ([, value, code, place, says]) => {
    const error = refusal(value);
    expect([error.code, error.place]).toEqual([code, place]);
    expect(error.message).toMatch(says);
  });
});

describe('plans in code', () => {
  it('are the same as plans in a file', () => {
    const built = plan('slow', 'It still works.', [inject('llm.latency', { ms: 10 }, t.always())]);
    expect(built).toEqual(parsePlan(good, where));
  });

  it('take every trigger that can be built', () => {
    const all = [
      t.always(),
      t.nth(1),
      t.every(2),
      t.every(2, 1),
      t.probability(0.5),
      t.between(1, 2),
      t.after(1),
      t.until(9),
      t.onAgent('writer'),
      t.markov(0.1, 0.2),
      t.burst(1, 2),
      t.burst(1, 2, 3),
      t.and(t.nth(1)),
      t.or(t.nth(1)),
      t.not(t.nth(1)),
      t.max(1, t.nth(1)),
      t.cooldown(1, t.always()),
    ];
    const built = plan(
      'all',
      'All of them parse.',
      all.map((trigger) => inject('llm.hang', {}, trigger)),
    );
    expect(parsePlan(built, where)).toEqual(built);
  });

  it('say at once what is wrong with a parameter', () =>
    expect(() => inject('llm.latency', { ms: -1 }, t.always())).toThrow(
      /PLAN_BAD_PARAMETERS.*inject\('llm.latency'\)\.ms/,
    ));
});
