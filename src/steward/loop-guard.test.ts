// The loop guard: repeats, exchanges and rings of waiting are seen while they happen, broken once, and then escalated.
import { describe, expect, it } from 'vitest';
import { call, Crank } from './crank.test-support.ts';
import { agent, graph, team, tool } from './sketch-team.test-support.ts';

describe('an agent that repeats a call', () => {
  const definition = team({ agents: [agent('a', { tools: ['read'] })], tools: [tool('read')] });
  const turns = (count: number, args: (turn: number) => number): Crank => {
    const crank = new Crank().start(definition);
    for (let turn = 1; turn <= count; turn += 1) {
      crank.says('a', { tools: [call('read', { q: args(turn) })] });
      if (crank.allOwed('tool.use').length > 0) crank.returns('read');
    }
    return crank;
  };

  it('is told so at the third time, and escalates at the fourth', () => {
    const told = turns(3, () => 1);
    expect(told.noted('loop.alarmed')).toMatchObject([{ loop: 'repeat', repetitions: 3, action: 'break' }]);
    expect(told.owed('model.ask').brief.feedback).toEqual([expect.stringContaining('read was called')]);
    const crank = turns(4, () => 1);
    expect(crank.noted('loop.alarmed').at(-1)).toMatchObject({ repetitions: 4, action: 'escalate' });
    expect(crank.state).toMatchObject({ status: 'ended', end: 'failed', reason: 'a: a repeats read' });
  });

  it('with other arguments does not repeat it', () => {
    expect(turns(6, (turn) => turn).noted('loop.alarmed')).toEqual([]);
  });
});

describe('two agents that hand the work back and forth', () => {
  const ping = graph(['ping'], 'ping->pong', 'pong->ping');
  const agents = ['ping', 'pong'].map((name) => agent(name, { visitsMax: 99, writes: ['score'] }));
  const play = (rounds: number, commits: boolean): Crank => {
    const crank = new Crank().start(team({ agents, routes: ping, context: { score: 'add' } }));
    for (let round = 0; round < rounds && crank.state.status === 'running'; round += 1) {
      const who = round % 2 === 0 ? 'ping' : 'pong';
      crank.finishes(who, commits ? { patch: { score: 1 } } : {});
      if (crank.allOwed('handoff.deliver').length > 0) crank.delivers();
    }
    return crank;
  };

  it('escalate after the second round trip without any commit', () => {
    const crank = play(9, false);
    expect(crank.noted('loop.alarmed')).toMatchObject([
      { loop: 'exchange', repetitions: 5, action: 'escalate' },
    ]);
    expect(crank.state.end).toBe('escalated');
  });

  it('may go on for as long as the context moves', () => {
    const crank = play(9, true);
    expect(crank.noted('loop.alarmed')).toEqual([]);
    expect(crank.state.status).toBe('running');
  });
});

describe('an agent that is given work too often', () => {
  it('escalates the mission at its limit of visits', () => {
    const routes = graph(['a'], 'a->b', 'b->a');
    const agents = [agent('a', { visitsMax: 1, writes: ['n'] }), agent('b', { writes: ['n'] })];
    const crank = new Crank().start(team({ agents, routes, context: { n: 'add' } }));
    for (const who of ['a', 'b']) {
      crank.finishes(who, { patch: { n: 1 } });
      crank.delivers();
    }
    expect(crank.noted('loop.alarmed')).toMatchObject([{ agent: 'a', loop: 'exchange', repetitions: 2 }]);
    expect(crank.state).toMatchObject({
      end: 'escalated',
      reason: expect.stringContaining('more than 1 times'),
    });
  });
});

describe('agents that wait for each other', () => {
  it('are seen as a ring once nobody else works, and the mission escalates', () => {
    const routes = graph(['a'], 'a->join', 'b->join', 'join->b');
    const agents = [agent('a'), agent('b'), agent('join', { join: 'all' })];
    const crank = new Crank().start(team({ agents, routes }));
    crank.finishes('a');
    crank.delivers();
    expect(crank.noted('loop.alarmed')).toMatchObject([{ agent: 'join', loop: 'waitingRing' }]);
    expect(crank.state).toMatchObject({ status: 'ended', end: 'escalated' });
  });
});

describe('agents that somebody saw in a loop', () => {
  const routes = graph(['a'], 'a->b');
  const agents = [agent('a', { tools: ['read'], turnsMax: 20 }), agent('b', { optional: true })];
  const seen = (...who: readonly string[]) =>
    ({
      kind: 'loop.detected',
      loop: 'rewording',
      agents: who,
      tools: ['read'],
      repetitions: 4,
      reason: 'they go round',
    }) as const;
  const advice = expect.stringContaining('they go round');
  const began = (): Crank => new Crank().start(team({ agents, tools: [tool('read')], routes }));
  const feedbackOf = (crank: Crank, who: string) => crank.owed('model.ask', who).brief.feedback;

  it('are told with their next question, and not with the one that is out', () => {
    const crank = began();
    crank.send(seen('a'));
    expect(crank.noted('loop.alarmed')).toMatchObject([
      { agent: 'a', loop: 'rewording', repetitions: 4, action: 'break' },
    ]);
    expect(feedbackOf(crank, 'a')).toEqual([]);
    crank.send({ kind: 'recovered', epoch: 2 });
    expect(feedbackOf(crank, 'a')).toEqual([]);
    crank.says('a', { tools: [call('read')] });
    crank.returns('read');
    expect(feedbackOf(crank, 'a')).toEqual([advice]);
  });

  it('are told when they begin, or are sent back, where they had nothing to do', () => {
    const crank = began();
    crank.send(seen('b'));
    crank.finishes('a');
    crank.delivers();
    expect(feedbackOf(crank, 'b')).toEqual([advice]);
    const rejected = began();
    rejected.send(seen('a'));
    rejected.says('a');
    rejected.rejects('a', 'no');
    expect(feedbackOf(rejected, 'a')).toEqual([expect.stringContaining('no'), advice]);
  });

  it('go to people when one of them is seen in another', () => {
    const crank = began();
    crank.send(seen('a', 'b'));
    expect(crank.state.status).toBe('running');
    crank.send(seen('b'));
    expect(crank.noted('loop.alarmed').map(({ agent: who, action }) => `${who} ${action}`)).toEqual([
      'a break',
      'b break',
      'b escalate',
    ]);
    expect(crank.state).toMatchObject({ status: 'ended', end: 'escalated', reason: 'loop: they go round' });
  });

  it('are each told in their own time', () => {
    const crank = began();
    crank.send(seen('a'));
    crank.send(seen('b'));
    expect(crank.state.status).toBe('running');
  });
});

describe('an agent that never finishes', () => {
  it('fails at its limit of turns', () => {
    const agents = [agent('a', { tools: ['read'], turnsMax: 3 })];
    const crank = new Crank().start(team({ agents, tools: [tool('read')] }));
    for (let turn = 1; turn <= 3; turn += 1) {
      crank.says('a', { tools: [call('read', { turn })] });
      crank.returns('read');
    }
    expect(crank.state).toMatchObject({ end: 'failed', reason: 'a: no result after 3 turns' });
  });
});
