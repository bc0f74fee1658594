// Budgets: tokens are set aside before a call, settled by its answer, presumed when it is lost, and never passed. S5.
import { describe, expect, it } from 'vitest';
import { Crank, startMs } from './crank.test-support.ts';
import { agent, team } from './sketch-team.test-support.ts';

const plenty = { tokensMax: 100_000, costMicrosMax: 1_000_000, latencyMsMax: 86_400_000, alertAt: 0.8 };
const books = (crank: Crank) => {
  const { tokensSpent, tokensReserved, tokensPresumed } = crank.state.budget!;
  return [tokensSpent, tokensReserved, tokensPresumed];
};

describe('a budget', () => {
  it('sets tokens aside for agent and mission before the call goes out', () => {
    const crank = new Crank();
    const { commands, notes } = crank.send({
      kind: 'mission.started',
      mission: { id: 'm', goal: '', input: {}, context: {} },
      team: team({ agents: [agent('a')] }),
    });
    expect(commands.map((command) => command.kind)).toContain('model.ask');
    expect(notes.filter((note) => note.kind === 'budget.reserved').map((note) => note.agent)).toEqual([
      'a',
      '*',
    ]);
    expect(books(crank)).toEqual([0, 1_000, 0]);
  });

  it('books what the answer really used', () => {
    const crank = new Crank().start(team({ agents: [agent('a')] }));
    crank.says('a', { usage: { inputTokens: 70, outputTokens: 7 } });
    expect(books(crank)).toEqual([77, 0, 0]);
    expect(crank.state.budgets['a']).toMatchObject({ tokensSpent: 77, tokensReserved: 0 });
  });

  it.each(['timeout', 'cut', 'reset'] as const)(
    'presumes a call spent whose answer was lost (%s)',
    (reason) => {
      const crank = new Crank().start(team({ agents: [agent('a')] }));
      crank.fails('a', { reason });
      expect(books(crank)).toEqual([0, 0, 1_000]);
    },
  );

  it('gives back what a call that was refused had set aside', () => {
    const crank = new Crank().start(team({ agents: [agent('a')] }));
    crank.fails('a', { reason: 'rateLimited' });
    expect(books(crank)).toEqual([0, 0, 0]);
  });

  it.each([
    { inputTokens: -500, outputTokens: 0 },
    { inputTokens: 0.5, outputTokens: 1 },
  ])('presumes the reservation where the bill is no whole number of tokens (%j)', (usage) => {
    const crank = new Crank().start(team({ agents: [agent('a')] }));
    crank.says('a', { usage });
    expect(books(crank)).toEqual([0, 0, 1_000]);
  });

  it('stops at the limit: the call that would pass it is never made', () => {
    const crank = new Crank().start(team({ agents: [agent('a')], budget: { tokensMax: 1_500 } }));
    crank.fails('a', { reason: 'cut' });
    crank.fires('modelRetry');
    expect(crank.noted('budget.breached')).toMatchObject([{ agent: '*', wanted: 1_000 }]);
    expect(crank.allOwed('model.ask')).toEqual([]);
    expect(crank.state).toMatchObject({ status: 'ended', end: 'escalated' });
    expect(crank.state.reason).toContain('budget');
  });

  it("stops at one agent's own limit, while the mission's is not reached", () => {
    const poor = agent('a', { budget: { ...plenty, tokensMax: 999 } });
    const crank = new Crank().start(team({ agents: [poor] }));
    expect(crank.noted('budget.breached')).toMatchObject([{ agent: 'a' }]);
    expect(crank.state.end).toBe('escalated');
    expect(books(crank)).toEqual([0, 0, 0]);
  });

  it('stops at the cost limit as well: 1,000 tokens cost 2,000 micro-dollars here', () => {
    const open = (costMicrosMax: number) =>
      new Crank().start(team({ agents: [agent('a')], budget: { costMicrosMax } }));
    expect(open(2_000).allOwed('model.ask')).toHaveLength(1);
    expect(open(1_999).state.end).toBe('escalated');
  });

  it('alerts once, when the share of the limit is reached', () => {
    const crank = new Crank().start(
      team({ agents: [agent('a')], budget: { tokensMax: 4_000, alertAt: 0.5 } }),
    );
    expect(crank.noted('budget.alerted')).toEqual([]);
    crank.fails('a', { reason: 'cut' });
    crank.fires('modelRetry');
    crank.fails('a', { reason: 'cut' });
    crank.fires('modelRetry');
    expect(crank.noted('budget.alerted')).toMatchObject([
      { agent: '*', tokensPresumed: 1_000, tokensReserved: 1_000 },
    ]);
  });

  it('counts a call that was under way at the end as spent, and one that was never sent as free', () => {
    const crank = new Crank().start(team({ agents: [agent('a')] }));
    crank.send({ kind: 'cancelled', by: 'op', reason: 'enough' });
    expect(books(crank)).toEqual([0, 0, 1_000]);
    const paused = new Crank().start(team({ agents: [agent('a'), agent('b')] }));
    paused.finishes('a');
    paused.send({ kind: 'paused', by: 'op' });
    paused.delivers();
    expect(books(paused)).toEqual([100, 1_000, 0]);
    paused.send({ kind: 'cancelled', by: 'op', reason: 'enough' });
    expect(books(paused)).toEqual([100, 0, 0]);
  });
});

describe('a changed budget', () => {
  it('binds the next reservation', () => {
    const crank = new Crank().start(team({ agents: [agent('a')] }));
    crank.send({ kind: 'budget.changed', budget: { ...plenty, tokensMax: 1_000 } });
    crank.fails('a', { reason: 'cut' });
    crank.fires('modelRetry');
    expect(crank.state.end).toBe('escalated');
  });

  it('moves the deadline of the mission', () => {
    const crank = new Crank().start(team({ agents: [agent('a')] }));
    crank.send({ kind: 'budget.changed', budget: { ...plenty, latencyMsMax: 50 } });
    const deadlines = crank.allOwed('timer.start').filter((timer) => timer.purpose === 'missionDeadline');
    expect(deadlines.map((timer) => timer.atMs - crank.state.startedAtMs)).toEqual([50]);
    crank.fires('missionDeadline');
    expect(crank.state).toMatchObject({ end: 'escalated', reason: expect.stringContaining('latency') });
  });

  it('tells the owner once when its alert is due', () => {
    const crank = new Crank().start(team({ agents: [agent('a')], budget: { ...plenty, tokensMax: 1_200 } }));
    const told = crank.commands.flatMap((one) => (one.kind === 'notify' ? [one.text] : []));
    expect(told).toEqual(['the mission has used 1000 of 1200 tokens']);
  });

  it("ends the mission visibly when an agent's own time is up, and not before", () => {
    const slow = agent('a', { budget: { ...plenty, latencyMsMax: 60_000 } });
    const crank = new Crank().start(team({ agents: [slow] }));
    const due = crank.commands.flatMap((one) =>
      one.kind === 'timer.start' && one.purpose === 'agentDeadline' ? [one.atMs] : [],
    );
    expect(due).toEqual([startMs + 1 + 60_000]);
    crank.fires('agentDeadline');
    expect(crank.state).toMatchObject({ end: 'escalated', reason: 'the latency budget of a is used up' });
  });

  it('stops watching the time of an agent that is done', () => {
    const quick = agent('a', { budget: { ...plenty, latencyMsMax: 60_000 } });
    const crank = new Crank().start(team({ agents: [quick] }));
    crank.says('a');
    crank.passes('a');
    expect(crank.state.pending.filter((one) => one.kind === 'timer.start')).toEqual([]);
    expect(crank.state.end).toBe('done');
  });
});
