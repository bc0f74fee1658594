// Outside: people pause, resume, cancel, edit and publish, and the mission obeys without losing or doing anything twice.
import { describe, expect, it } from 'vitest';
import { Crank } from './crank.test-support.ts';
import { agent, team } from './sketch-team.test-support.ts';

const pair = team({ agents: [agent('a'), agent('b', { scopes: ['x'] })] });
const pause = { kind: 'paused', by: 'op' } as const;
const resume = { kind: 'resumed', by: 'op' } as const;
const cancel = { kind: 'cancelled', by: 'op', reason: 'enough' } as const;

describe('a paused mission', () => {
  it('takes answers in, and holds back every command until it goes on', () => {
    const crank = new Crank().start(pair);
    crank.send(pause);
    const before = crank.commands.length;
    crank.says('a');
    expect(crank.commands.slice(before).filter((command) => command.kind !== 'timer.cancel')).toEqual([]);
    const { commands } = crank.send(resume);
    expect(commands.map((command) => command.kind).sort()).toEqual(['gate.check', 'timer.start']);
    expect(crank.state.held).toEqual([]);
    crank.passes('a');
    crank.delivers();
    crank.finishes('b');
    expect(crank.state).toMatchObject({ status: 'ended', end: 'done' });
  });

  it('that is paused twice and resumed twice dispatches what it held once', () => {
    const crank = new Crank().start(pair);
    crank.send(pause);
    crank.send(pause);
    crank.says('a');
    crank.send(resume);
    expect(crank.send(resume).commands).toEqual([]);
    expect(crank.commands.filter((command) => command.kind === 'gate.check')).toHaveLength(1);
  });

  it('can be cancelled, and still takes back a credential whose revocation it held', () => {
    const crank = new Crank().start(pair);
    crank.finishes('a');
    crank.delivers();
    crank.says('b');
    crank.send(pause);
    crank.passes('b');
    expect(crank.allOwed('credential.revoke')).toEqual([]);
    crank.send(cancel);
    expect(crank.commands.filter((command) => command.kind === 'credential.revoke')).toHaveLength(1);
    expect(crank.state).toMatchObject({ status: 'ended', end: 'cancelled' });
  });
});

describe('a cancelled mission', () => {
  it('gives up what is under way, cancels its timers, and ends with nothing pending', () => {
    const crank = new Crank().start(pair);
    const owed = crank.state.pending.map(({ id }) => id);
    const { commands } = crank.send(cancel);
    expect(commands.map((command) => ('id' in command ? command.id : command.kind))).toEqual([
      ...owed,
      'finish',
    ]);
    expect(crank.state).toMatchObject({
      status: 'ended',
      end: 'cancelled',
      reason: 'op: enough',
      pending: [],
    });
  });

  it('takes nothing more: not an answer, not an edit, not a second cancellation', () => {
    const crank = new Crank().start(pair);
    const ask = crank.owed('model.ask');
    crank.send(cancel);
    crank.answer(ask, { kind: 'model.failed', failure: { reason: 'timeout', message: '', retryable: true } });
    crank.send({ kind: 'context.edited', by: 'op', patch: { x: 1 } });
    crank.send(cancel);
    expect(crank.noted('event.ignored').map((note) => note.why)).toEqual(['ended', 'ended', 'ended']);
    expect(crank.noted('mission.ended')).toHaveLength(1);
    expect(crank.state.contextVersion).toBe(1);
  });
});

describe('a published agent', () => {
  const next = agent('b', { version: 2, model: 'better' });
  const reachB = (crank: Crank) => {
    crank.finishes('a');
    crank.delivers();
    return crank.owed('model.ask', 'b');
  };

  it('leaves a running mission at its pinned version where it is adopted next time', () => {
    const crank = new Crank().start(pair);
    crank.send({ kind: 'agent.published', definition: next, adopt: 'next' });
    expect(reachB(crank)).toMatchObject({ version: 1, model: 'model' });
    expect(crank.noted('agent.pinned')).toEqual([]);
  });

  it('is what the mission goes on with where it is adopted now, and says so', () => {
    const crank = new Crank().start(pair);
    crank.send({ kind: 'agent.published', definition: next, adopt: 'now' });
    expect(reachB(crank)).toMatchObject({ version: 2, model: 'better' });
    expect(crank.noted('agent.pinned')).toMatchObject([{ agent: 'b', version: 2 }]);
  });

  it('does not change work that is under way', () => {
    const crank = new Crank().start(pair);
    crank.send({
      kind: 'agent.published',
      definition: agent('a', { version: 2, model: 'better' }),
      adopt: 'now',
    });
    crank.fails('a');
    crank.fires('modelRetry');
    expect(crank.owed('model.ask', 'a')).toMatchObject({ version: 1, model: 'model' });
  });

  it('can be rolled back, but only to a version that was published', () => {
    const crank = new Crank().start(pair);
    crank.send({ kind: 'agent.published', definition: next, adopt: 'now' });
    crank.send({ kind: 'agent.rolledBack', agent: 'b', version: 9, adopt: 'now' });
    expect(crank.state.pins['b']).toBe(2);
    crank.send({ kind: 'agent.rolledBack', agent: 'b', version: 1, adopt: 'now' });
    expect(reachB(crank).version).toBe(1);
  });

  it('never replaces a version that is already out', () => {
    const crank = new Crank().start(pair);
    crank.send({ kind: 'agent.published', definition: agent('b', { model: 'other' }), adopt: 'next' });
    expect(reachB(crank).model).toBe('model');
  });

  it('that the team has not got, whatever its name, is left out', () => {
    const crank = new Crank().start(pair);
    for (const name of ['ghost', '__proto__', 'constructor'])
      crank.send({ kind: 'agent.published', definition: agent(name, { version: 7 }), adopt: 'now' });
    expect(Object.keys(crank.state.published)).toEqual(['a', 'b']);
    expect(Object.prototype).not.toHaveProperty('7');
    expect(crank.state.pins).toEqual({ a: 1, b: 1 });
  });
});

describe('a mission that is started a second time', () => {
  it('goes on as it was', () => {
    const crank = new Crank().start(pair);
    expect(crank.start(pair).noted('event.ignored')).toMatchObject([{ why: 'duplicate' }]);
    expect(crank.allOwed('model.ask')).toHaveLength(1);
  });
});
