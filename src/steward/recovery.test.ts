// Recovery: a process that takes over owes everything that was owed, once, and answers to its predecessor count for nothing. L4, S8.
import { describe, expect, it } from 'vitest';
import { call, Crank } from './crank.test-support.ts';
import { agent, graph, team, tool } from './sketch-team.test-support.ts';
import { obligations } from './step.ts';

const agents = [agent('a', { tools: ['read', 'send'] }), agent('b')];
const tools = [tool('read'), tool('send', { effect: 'once', probe: true })];
const crew = team({ agents, tools, routes: graph(['a', 'b']) });
const fan = (): Crank => {
  const crank = new Crank().start(crew);
  crank.says('a', { tools: [call('read'), call('send')] });
  return crank;
};

describe('a recovered steward', () => {
  it('dispatches every obligation once, under the new epoch', () => {
    const crank = fan();
    const { commands } = crank.send({ kind: 'recovered', epoch: 2 });
    const again = commands.filter((command) => 'epoch' in command);
    expect(again.map((command) => command.id).sort()).toEqual(
      obligations(crank.state)
        .map(({ id }) => id)
        .sort(),
    );
    expect(new Set(again.map((command) => command.epoch))).toEqual(new Set([2]));
    expect(again.map((command) => command.kind).sort()).toEqual(
      [
        'model.ask',
        'timer.start',
        'timer.start',
        'timer.start',
        'timer.start',
        'tool.probe',
        'tool.use',
      ].sort(),
    );
  });

  it('looks into a once effect that was under way, and repeats nothing', () => {
    const crank = fan();
    crank.send({ kind: 'recovered', epoch: 2 });
    expect(crank.allOwed('tool.use').map((command) => command.call.name)).toEqual(['read']);
    expect(crank.owed('tool.probe').tool).toBe('send');
  });

  it('asks a model again for what was lost, and presumes the lost answer spent', () => {
    const crank = new Crank().start(team({ agents: [agent('a')] }));
    const before = crank.owed('model.ask');
    crank.send({ kind: 'recovered', epoch: 2 });
    expect(crank.owed('model.ask')).toMatchObject({ key: before.key, attempt: 1, epoch: 2 });
    expect(crank.state.budget).toMatchObject({ tokensPresumed: 1_000, tokensReserved: 1_000 });
  });

  it('ignores answers of the old epoch, and changes nothing by them', () => {
    const crank = fan();
    const old = crank.owed('tool.use');
    crank.send({ kind: 'recovered', epoch: 2 });
    const before = JSON.stringify({ ...crank.state, events: 0, ignored: 0 });
    crank.answer(old, { kind: 'tool.returned', result: 'stale' });
    expect(crank.noted('event.ignored')).toMatchObject([{ why: 'oldEpoch', command: old.id }]);
    expect(JSON.stringify({ ...crank.state, events: 0, ignored: 0 })).toBe(before);
  });

  it('that is told of its own epoch twice, or of an older one, does nothing the second time', () => {
    const crank = fan();
    crank.send({ kind: 'recovered', epoch: 3 });
    for (const epoch of [3, 2]) expect(crank.send({ kind: 'recovered', epoch }).commands).toEqual([]);
    expect(crank.noted('resumed')).toHaveLength(1);
  });

  it('can be succeeded in turn: the same ids, the newest epoch', () => {
    const crank = fan();
    crank.send({ kind: 'recovered', epoch: 2 });
    const ids = [crank.owed('tool.use').id, crank.owed('tool.probe').id];
    const { commands } = crank.send({ kind: 'recovered', epoch: 3 });
    for (const id of ids) expect(commands).toContainEqual(expect.objectContaining({ id, epoch: 3 }));
  });

  it('keeps what is held back held back, while the mission is paused', () => {
    const crank = new Crank().start(crew);
    crank.send({ kind: 'paused', by: 'op' });
    crank.says('a', { tools: [call('send')] });
    const { commands } = crank.send({ kind: 'recovered', epoch: 2 });
    expect(commands.map((command) => command.kind)).not.toContain('tool.use');
    crank.send({ kind: 'resumed', by: 'op' });
    expect(crank.owed('tool.use')).toMatchObject({ epoch: 2, call: { name: 'send' } });
    expect(crank.noted('tool.inDoubt')).toEqual([]);
  });

  it('finishes the ending that its predecessor began', () => {
    const crank = new Crank('absent').start(team({ agents: [agent('a', { scopes: ['x'] })] }));
    crank.send({ kind: 'cancelled', by: 'op', reason: 'stop' });
    crank.send({ kind: 'recovered', epoch: 2 });
    crank.answer(crank.owed('credential.revoke'), { kind: 'credential.revoked' });
    expect(crank.state).toMatchObject({ status: 'ended', end: 'cancelled' });
  });

  it('before the mission started has nothing to do', () => {
    const crank = new Crank();
    expect(crank.send({ kind: 'recovered', epoch: 2 }).commands).toEqual([]);
    expect(crank.noted('event.ignored')).toMatchObject([{ why: 'notStarted' }]);
  });
});
