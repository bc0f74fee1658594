// The mission context: one version a commit, merged by each key's policy, and nobody's work stands on what has moved. S6.
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import { Crank, someMission } from './crank.test-support.ts';
import { agent, graph, team, type TeamSketch } from './sketch-team.test-support.ts';

const pair = (context: NonNullable<TeamSketch['context']>, reads: readonly string[] = []) =>
  team({
    agents: ['a', 'b'].map((name) => agent(name, { writes: Object.keys(context), reads })),
    context,
    routes: graph(['a', 'b']),
  });

/** Both agents work side by side and write. */
function bothWrite(
  context: NonNullable<TeamSketch['context']>,
  first: JsonObject,
  second: JsonObject,
): Crank {
  const crank = new Crank().start(pair(context));
  crank.finishes('a', { patch: first });
  crank.finishes('b', { patch: second });
  return crank;
}

const values = (crank: Crank) =>
  Object.fromEntries(Object.entries(crank.state.context).map(([key, entry]) => [key, entry.value]));

describe('a commit', () => {
  it('gives the context its next version, with provenance', () => {
    const crank = bothWrite({ x: 'reject', y: 'reject' }, { x: 1 }, { y: 2 });
    expect(crank.state.contextVersion).toBe(3);
    expect(crank.state.context['y']).toMatchObject({ value: 2, version: 3, by: 'b' });
    expect(crank.noted('context.committed').map(({ base, version }) => [base, version])).toEqual([
      [1, 2],
      [1, 3],
    ]);
  });

  it.each([
    ['append', [1], [2], [1, 2]],
    ['append', 1, 2, [1, 2]],
    ['union', ['x', 'y'], ['y', 'z'], ['x', 'y', 'z']],
    ['union', [{ a: 1, b: 2 }], [{ b: 2, a: 1 }], [{ a: 1, b: 2 }]],
    ['add', 2, 3, 5],
    ['lastWriterWins', 'old', 'new', 'new'],
  ] as const)('merges by %s: %j and %j give %j', (policy, first, second, merged) => {
    const crank = bothWrite({ key: policy }, { key: first }, { key: second });
    expect(values(crank)).toEqual({ key: merged });
    expect(crank.noted('context.conflicted')).toEqual([]);
  });

  it('takes the owner’s write alone where a key has an owner', () => {
    const crank = bothWrite({ key: { owner: 'b' } }, { key: 'mine' }, { key: 'ours' });
    expect(values(crank)).toEqual({ key: 'ours' });
    expect(crank.noted('context.committed').map((note) => note.patch)).toEqual([{}, { key: 'ours' }]);
  });

  it('on a key that moved is rejected whole, and the agent works again on a fresh slice', () => {
    const crank = bothWrite({ x: 'reject', y: 'reject' }, { x: 1 }, { x: 2, y: 2 });
    expect(values(crank)).toEqual({ x: 1 });
    expect(crank.noted('context.conflicted')).toMatchObject([
      { agent: 'b', base: 1, version: 2, keys: ['x'] },
    ]);
    expect(crank.owed('model.ask', 'b')).toMatchObject({
      contextVersion: 2,
      brief: { feedback: ['context: x changed while you worked'] },
    });
    crank.finishes('b', { patch: { x: 3 } });
    expect(values(crank)).toEqual({ x: 3 });
  });

  it('to a key that is not the agent’s goes back to work, and nothing is written', () => {
    const crank = new Crank().start(team({ agents: [agent('a')], context: { secret: 'lastWriterWins' } }));
    crank.finishes('a', { patch: { secret: 1 } });
    expect(values(crank)).toEqual({});
    expect(crank.owed('model.ask').brief.feedback).toEqual(['context: secret is not yours to write']);
  });
});

describe('drift', () => {
  it('on a key that was read sends the work back, though it is not written', () => {
    const crank = new Crank().start(pair({ x: 'reject', y: 'reject' }, ['x']));
    crank.finishes('a', { patch: { x: 1 } });
    crank.finishes('b', { patch: { y: 2 } });
    expect(crank.noted('context.conflicted')).toMatchObject([{ agent: 'b', keys: ['x'] }]);
    expect(crank.owed('model.ask', 'b').brief.slice).toEqual({ x: 1 });
  });

  it('on a constraint that arrives while an agent works sends its work back, with the constraint in sight', () => {
    const crank = new Crank().start(pair({ x: 'reject', law: { constraint: true } }));
    crank.finishes('a', { patch: { law: 'never say never' } });
    crank.finishes('b', { patch: { x: 1 } });
    expect(crank.noted('context.conflicted')).toMatchObject([{ agent: 'b', keys: ['law'] }]);
    expect(crank.owed('model.ask', 'b').brief.slice).toEqual({ law: 'never say never' });
  });

  it('by a person’s edit is seen just the same', () => {
    const crank = new Crank().start(pair({ x: 'reject' }, ['x']));
    crank.send({ kind: 'context.edited', by: 'op', patch: { x: 9 } });
    crank.finishes('a');
    expect(crank.noted('context.conflicted')).toMatchObject([{ agent: 'a', keys: ['x'] }]);
  });

  it('on what the agent neither read nor writes disturbs nobody', () => {
    const crank = new Crank().start(pair({ x: 'reject', y: 'reject' }));
    crank.send({ kind: 'context.edited', by: 'op', patch: { y: 9 } });
    crank.finishes('a', { patch: { x: 1 } });
    expect(crank.noted('context.conflicted')).toEqual([]);
  });
});

describe('a slice', () => {
  it('holds what the agent reads and every constraint, and nothing else', () => {
    const definition = pair({ x: 'reject', y: 'reject', law: { constraint: true } }, ['x']);
    const crank = new Crank().start(definition, { ...someMission, context: { x: 1, y: 2, law: 'three' } });
    expect(crank.owed('model.ask', 'a').brief.slice).toEqual({ x: 1, law: 'three' });
  });
});

describe('a key with a name that objects are born with', () => {
  const hostile = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') as JsonObject;

  it('changes nothing but its own value', () => {
    const crank = new Crank().start(pair({ x: 'reject' }), { ...someMission, context: hostile });
    crank.send({ kind: 'context.edited', by: 'op', patch: hostile });
    expect(Object.getPrototypeOf(crank.state.context)).toBe(Object.prototype);
    expect(JSON.parse(JSON.stringify(crank.state.context))).toEqual(crank.state.context);
    expect(crank.state.context['constructor']).toMatchObject({ value: 1 });
  });
});
