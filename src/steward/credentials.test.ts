// Credentials: for one piece of work, for its scopes alone, and worth nothing from the moment they are taken back. S8.
import { describe, expect, it } from 'vitest';
import { call, Crank } from './crank.test-support.ts';
import { agent, team, tool } from './sketch-team.test-support.ts';

const both = [tool('read'), tool('write', { effect: 'idempotent', scope: 'files' })];
const clerk = agent('clerk', { tools: ['read', 'write'], scopes: ['read', 'files'] });
const office = team({ agents: [clerk, agent('boss')], tools: both });

function granted(definition = office): Crank {
  const crank = new Crank('absent').start(definition);
  crank.answer(crank.owed('credential.grant'), { kind: 'credential.granted' });
  return crank;
}

const withdraw = { kind: 'credential.withdrawn', agent: 'clerk', reason: 'leak' } as const;

describe('a credential', () => {
  it('is granted for the scopes of the role before the agent is asked anything', () => {
    const crank = new Crank('absent').start(office);
    expect(crank.owed('credential.grant')).toMatchObject({ agent: 'clerk', scopes: ['read', 'files'] });
    expect(crank.allOwed('model.ask')).toEqual([]);
    crank.answer(crank.owed('credential.grant'), { kind: 'credential.granted' });
    expect(crank.allOwed('model.ask')).toHaveLength(1);
  });

  it('is not granted to an agent that needs none', () => {
    const crank = new Crank('absent').start(team({ agents: [agent('thinker')] }));
    expect(crank.allOwed('credential.grant')).toEqual([]);
  });

  it('is named in each call, and covers no scope that the role has not got', () => {
    const crank = granted(team({ agents: [{ ...clerk, scopes: ['read'] }], tools: both }));
    crank.says('clerk', { tools: [call('read'), call('write')] });
    const { credential } = crank.noted('credential.granted')[0]!;
    expect(crank.allOwed('tool.use')).toMatchObject([{ call: { name: 'read' }, credential, scope: 'read' }]);
    expect(crank.noted('credential.refused')).toMatchObject([{ tool: 'write', scope: 'files' }]);
  });

  it('does not help with a tool that the role does not list', () => {
    const crank = granted(team({ agents: [{ ...clerk, tools: ['read'] }], tools: both }));
    crank.says('clerk', { tools: [call('write'), call('toString'), call('__proto__')] });
    expect(crank.allOwed('tool.use')).toEqual([]);
    expect(crank.owed('model.ask').brief.exchanges.map((one) => one.failed)).toEqual([true, true, true]);
  });

  it('is taken back when the work is closed, and when the mission ends', () => {
    const crank = granted();
    crank.finishes('clerk');
    expect(crank.noted('credential.revoked')).toHaveLength(1);
    expect(crank.allOwed('credential.revoke')).toHaveLength(1);
    const ending = granted();
    ending.send({ kind: 'cancelled', by: 'op', reason: 'stop' });
    expect(ending.state.status).toBe('closing');
    ending.answer(ending.owed('credential.revoke'), { kind: 'credential.revoked' });
    expect(ending.state.status).toBe('ended');
  });
});

describe('a credential withdrawn in flight', () => {
  it('cancels the calls that run with it, and lets the agent finish without it', () => {
    const crank = granted();
    crank.says('clerk', { tools: [call('read'), call('write')] });
    const running = crank.allOwed('tool.use').map((command) => command.id);
    const { commands } = crank.send(withdraw);
    for (const id of running) expect(commands).toContainEqual({ kind: 'run.cancel', id });
    expect(crank.allOwed('tool.use')).toEqual([]);
    expect(crank.allOwed('model.ask')).toHaveLength(1);
    expect(crank.owed('model.ask').brief.exchanges).toHaveLength(2);
  });

  it('makes the results of those calls late, and every further call refused', () => {
    const crank = granted();
    crank.says('clerk', { tools: [call('read')] });
    const running = crank.owed('tool.use');
    crank.send(withdraw);
    crank.answer(running, { kind: 'tool.returned', result: 'secret' });
    expect(crank.noted('event.ignored')).toMatchObject([{ why: 'late' }]);
    crank.says('clerk', { tools: [call('write')] });
    expect(crank.allOwed('tool.use')).toEqual([]);
    expect(crank.noted('credential.refused')).toMatchObject([{ tool: 'write' }]);
  });

  it('stops the retry of a call and the release of an approved one', () => {
    const crank = granted();
    crank.says('clerk', { tools: [call('read')] });
    crank.breaks('read', 'no');
    crank.send(withdraw);
    crank.fires('toolRetry');
    expect(crank.allOwed('tool.use')).toEqual([]);
    expect(crank.noted('credential.refused')).toMatchObject([{ tool: 'read' }]);
  });

  it('before it was granted does not leave the agent waiting for ever', () => {
    const crank = new Crank('absent').start(office);
    const grant = crank.owed('credential.grant');
    crank.send(withdraw);
    crank.answer(grant, { kind: 'credential.granted' });
    expect(crank.noted('credential.granted')).toEqual([]);
    crank.says('clerk', { tools: [call('read')] });
    expect(crank.noted('credential.refused')).toMatchObject([{ tool: 'read' }]);
  });

  it('leaves a call alone that was never sent, because the mission is paused', () => {
    const once = [tool('send', { effect: 'once' })];
    const crank = granted(team({ agents: [agent('clerk', { tools: ['send'] })], tools: once }));
    crank.send({ kind: 'paused', by: 'op' });
    crank.says('clerk', { tools: [call('send')] });
    crank.send(withdraw);
    expect(crank.noted('tool.inDoubt')).toEqual([]);
    expect(crank.state.end).toBeNull();
  });
});
