// Effects: reads may run again, idempotent calls keep their key, and what can be done only once is never repeated blindly. S3, S4.
import { describe, expect, it } from 'vitest';
import { call, Crank } from './crank.test-support.ts';
import { agent, graph, team, tool } from './sketch-team.test-support.ts';

const worker = agent('worker', { tools: ['read', 'save', 'send'] });
const kit = (probe: boolean) => [
  tool('read', { factMs: 60_000 }),
  tool('save', { effect: 'idempotent' }),
  tool('send', { effect: 'once', probe }),
];
const shop = (probe = true) => team({ agents: [worker], tools: kit(probe) });

function using(name: string, definition = shop()): Crank {
  const crank = new Crank().start(definition);
  crank.says('worker', { tools: [call(name, { to: 'acme' })] });
  return crank;
}

const lastResult = (crank: Crank) => crank.owed('model.ask').brief.exchanges.at(-1);

describe('a once effect whose reply is lost', () => {
  it.each([
    ['by a timeout', (crank: Crank) => crank.fires('toolTimeout')],
    ['by a broken connection', (crank: Crank) => crank.breaks('send', 'unknown')],
  ])('(%s) is in doubt, and the tool is asked about its key', (_how, lose) => {
    const crank = using('send');
    const { key } = crank.owed('tool.use');
    lose(crank);
    expect(crank.noted('tool.inDoubt')).toMatchObject([{ agent: 'worker', tool: 'send', key }]);
    expect(crank.allOwed('tool.use')).toEqual([]);
    expect(crank.owed('tool.probe')).toMatchObject({ tool: 'send', key });
  });

  it('and that was applied is not done again: the agent gets its result', () => {
    const crank = using('send');
    crank.fires('toolTimeout');
    crank.answer(crank.owed('tool.probe'), { kind: 'tool.probed', found: 'applied', result: { id: 7 } });
    expect(lastResult(crank)).toMatchObject({ result: { id: 7 }, failed: false });
    expect(crank.commands.filter((command) => command.kind === 'tool.use')).toHaveLength(1);
  });

  it('and that is absent is done again under the same key', () => {
    const crank = using('send');
    const { key } = crank.owed('tool.use');
    crank.fires('toolTimeout');
    crank.answer(crank.owed('tool.probe'), { kind: 'tool.probed', found: 'absent', result: null });
    expect(crank.owed('tool.use')).toMatchObject({ key, attempt: 2 });
  });

  it.each([
    ['is unknown to the tool', true, 'probe'],
    ['cannot be probed', false, 'none'],
    ['has a probe that never answers', true, 'silent'],
  ])('and that %s ends escalated, never repeated', (_what, probe, how) => {
    const crank = using('send', shop(probe));
    crank.fires('toolTimeout');
    if (how === 'probe')
      crank.answer(crank.owed('tool.probe'), { kind: 'tool.probed', found: 'unknown', result: null });
    if (how === 'silent') crank.fires('toolTimeout');
    expect(crank.state).toMatchObject({ status: 'ended', end: 'escalated' });
    expect(crank.state.reason).toContain('in doubt');
    expect(crank.commands.filter((command) => command.kind === 'tool.use')).toHaveLength(1);
  });
});

describe('a call that failed', () => {
  it('without effect is tried again within its limit, and then told to the agent', () => {
    const crank = using('send');
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      crank.breaks('send', 'no');
      crank.fires('toolRetry');
    }
    crank.breaks('send', 'no');
    expect(lastResult(crank)).toMatchObject({ failed: true, result: { error: 'broken' } });
    const tries = crank.commands.filter((command) => command.kind === 'tool.use');
    expect(tries.map((one) => one.attempt)).toEqual([1, 2, 3]);
    expect(new Set(tries.map((one) => one.key)).size).toBe(1);
  });

  it('with an idempotent effect keeps its key over every try', () => {
    const crank = using('save');
    const { key } = crank.owed('tool.use');
    crank.fires('toolTimeout');
    crank.fires('toolRetry');
    expect(crank.owed('tool.use')).toMatchObject({ key, attempt: 2 });
  });

  it('beside another of the same id is retried for itself', () => {
    const crank = new Crank().start(shop());
    crank.says('worker', { tools: [call('save', { n: 1 }, 'same'), call('save', { n: 2 }, 'same')] });
    crank.breaks('save', 'no');
    crank.breaks('save', 'no');
    crank.fires('toolRetry');
    crank.fires('toolRetry');
    expect(crank.allOwed('tool.use').map((one) => one.call.arguments)).toEqual([{ n: 1 }, { n: 2 }]);
  });
});

describe('the same effect asked for twice', () => {
  it.each(['save', 'send'])('in one turn (%s) is done once, and both get the result', (name) => {
    const crank = new Crank().start(shop());
    crank.says('worker', { tools: [call(name, { n: 1 }, 'one'), call(name, { n: 1 }, 'two')] });
    expect(crank.allOwed('tool.use')).toHaveLength(1);
    crank.returns(name, { id: 1 });
    expect(crank.allOwed('tool.use')).toEqual([]);
    expect(crank.owed('model.ask').brief.exchanges.map((one) => one.result)).toEqual([{ id: 1 }, { id: 1 }]);
  });

  it('in one turn is tried by the second when the first one failed', () => {
    const crank = new Crank().start(shop());
    crank.says('worker', { tools: [call('send', {}, 'one'), call('send', {}, 'two')] });
    crank.breaks('send', 'no', false);
    expect(crank.allOwed('tool.use')).toHaveLength(1);
    crank.returns('send', { id: 1 });
    expect(crank.owed('model.ask').brief.exchanges.map((one) => one.failed)).toEqual([true, false]);
  });

  it('in a later turn, or on a later visit, is served from the first one', () => {
    const routes = { kind: 'graph', start: ['worker'], edges: [] } as const;
    const crank = using('send', { ...shop(), routes });
    crank.returns('send', { id: 1 });
    crank.says('worker', { tools: [call('send', { to: 'acme' })] });
    expect(crank.commands.filter((command) => command.kind === 'tool.use')).toHaveLength(1);
    expect(lastResult(crank)).toMatchObject({ result: { id: 1 }, failed: false });
  });

  it('by two visits of one agent at the same time is done once', () => {
    const routes = graph(['left', 'right'], 'left->worker', 'right->worker');
    const crank = new Crank().start({
      ...team({ agents: [agent('left'), agent('right'), worker], tools: kit(true), routes }),
    });
    for (const side of ['left', 'right']) {
      crank.finishes(side);
      crank.delivers();
    }
    crank.says('worker', { tools: [call('send')] });
    crank.says('worker', { tools: [call('send')] });
    expect(crank.allOwed('tool.use')).toHaveLength(1);
    crank.returns('send', { id: 1 });
    expect(crank.allOwed('model.ask').map((ask) => ask.brief.exchanges[0]?.result)).toEqual([
      { id: 1 },
      { id: 1 },
    ]);
  });
});

describe('a fact', () => {
  const pair = team({
    agents: [agent('one', { tools: ['read'] }), agent('two', { tools: ['read'] })],
    tools: kit(true),
  });
  const found = (): Crank => {
    const crank = new Crank().start(pair);
    crank.says('one', { tools: [call('read', { q: 'rain', at: 1 })] });
    crank.returns('read', 'wet');
    crank.finishes('one');
    crank.delivers();
    return crank;
  };

  it('that one agent found is served to the next, whatever the order of the arguments', () => {
    const crank = found();
    crank.says('two', { tools: [call('read', { at: 1, q: 'rain' })] });
    expect(crank.noted('fact.served')).toMatchObject([{ agent: 'two', foundBy: 'one', tool: 'read' }]);
    expect(crank.allOwed('tool.use')).toEqual([]);
    expect(lastResult(crank)).toMatchObject({ result: 'wet' });
  });

  it('is looked up again once it is too old', () => {
    const crank = found();
    crank.atMs += 60_001;
    crank.says('two', { tools: [call('read', { q: 'rain', at: 1 })] });
    expect(crank.allOwed('tool.use')).toHaveLength(1);
  });
});
