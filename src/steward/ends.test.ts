// Ends: every mission ends done, degraded, escalated, failed or cancelled, with a reason, and leaves nothing behind. S9, L1.
import { describe, expect, it } from 'vitest';
import { Crank, someMission } from './crank.test-support.ts';
import { agent, graph, team } from './sketch-team.test-support.ts';

const last = (crank: Crank) => crank.noted('mission.ended').at(-1);

describe('a mission', () => {
  it('ends done when everybody has finished, with its final context, and finishes once', () => {
    const definition = team({
      agents: [agent('a', { writes: ['x'] })],
      context: { x: 'reject' },
      deliverables: ['x'],
    });
    const crank = new Crank().start(definition);
    crank.finishes('a', { patch: { x: 1 } });
    expect(last(crank)).toEqual({
      kind: 'mission.ended',
      end: 'done',
      reason: 'all work is done',
      contextVersion: 2,
      context: { x: 1 },
    });
    expect(crank.commands.filter((command) => command.kind === 'finish')).toHaveLength(1);
  });

  it('does not end done while a deliverable is missing, whatever it is called', () => {
    for (const key of ['x', 'constructor']) {
      const crank = new Crank().start(team({ agents: [agent('a')], deliverables: [key] }));
      crank.finishes('a');
      expect(last(crank)).toMatchObject({
        end: 'failed',
        reason: expect.stringContaining(`${key} is missing`),
      });
    }
  });

  it('goes on without an optional agent that failed, and ends degraded, saying why', () => {
    const crank = new Crank().start(team({ agents: [agent('a', { optional: true }), agent('b')] }));
    crank.fails('a', { retryable: false, message: 'no key' });
    crank.delivers();
    expect(crank.owed('model.ask', 'b').brief.input).toEqual(someMission.input);
    crank.finishes('b');
    expect(last(crank)).toMatchObject({
      end: 'degraded',
      reason: expect.stringContaining('a: model serverError'),
    });
  });

  it('ends failed when an agent that is needed cannot do its work', () => {
    const crank = new Crank().start(team({ agents: [agent('a')] }));
    crank.fails('a', { reason: 'unauthorised', retryable: false, message: 'no key' });
    expect(last(crank)).toMatchObject({ end: 'failed', reason: 'a: model unauthorised: no key' });
  });

  it('ends escalated when the agent that fails has a person to turn to', () => {
    const crank = new Crank().start(team({ agents: [agent('a', { escalateTo: ['human:boss'] })] }));
    crank.fails('a', { retryable: false });
    expect(crank.noted('escalated')).toMatchObject([{ agent: 'a', to: 'human:boss' }]);
    expect(last(crank)?.end).toBe('escalated');
  });

  it('tells its owner when it ends escalated or failed', () => {
    const crank = new Crank('absent').start(team({ agents: [agent('a')] }));
    crank.fails('a', { retryable: false });
    expect(crank.owed('notify')).toMatchObject({ to: 'owner', about: 'escalation' });
    expect(crank.state.status).toBe('closing');
  });

  it('ends escalated at its deadline, whoever is still at work', () => {
    const crank = new Crank().start(team({ agents: [agent('a')] }));
    crank.fires('missionDeadline');
    expect(last(crank)).toMatchObject({
      end: 'escalated',
      reason: expect.stringContaining('latency budget'),
    });
  });

  it('keeps its deadline, though its id looks like that of a command', () => {
    for (const id of ['c1', 'c2', 't1', 'a#1']) {
      const crank = new Crank().start(team({ agents: [agent('a')] }), { ...someMission, id });
      crank.fails('a');
      crank.fires('missionDeadline');
      expect(last(crank)?.end).toBe('escalated');
    }
  });

  it('closes the work of everybody who was still at it', () => {
    const crank = new Crank().start(team({ agents: [agent('a'), agent('b')], routes: graph(['a', 'b']) }));
    crank.fails('a', { retryable: false });
    expect(crank.noted('agent.finished').map(({ agent: name, outcome }) => [name, outcome])).toEqual([
      ['a', 'failed'],
      ['b', 'superseded'],
    ]);
    expect(crank.state).toMatchObject({ pending: [], assignments: [] });
  });
});

describe('a model that fails', () => {
  it('is asked again after a wait that doubles, and never less than it asked for', () => {
    const crank = new Crank().start(team({ agents: [agent('a', { attemptsMax: 4 })] }));
    crank.fails('a');
    crank.fires('modelRetry');
    crank.fails('a');
    crank.fires('modelRetry');
    crank.fails('a', { retryAfterMs: 7_000 });
    expect(crank.noted('retry.scheduled').map((note) => note.waitMs)).toEqual([100, 200, 7_000]);
  });

  it('is given up after its attempts, and silence counts as one', () => {
    const crank = new Crank().start(team({ agents: [agent('a')] }));
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      crank.fires('modelTimeout');
      if (attempt < 3) crank.fires('modelRetry');
    }
    expect(crank.state).toMatchObject({ end: 'failed', reason: 'a: model timeout: no answer in time' });
    expect(
      crank.commands.filter((command) => command.kind === 'model.ask').map((one) => one.attempt),
    ).toEqual([1, 2, 3]);
  });

  it('that asks to wait beyond the deadline is not waited for', () => {
    const crank = new Crank().start(team({ agents: [agent('a')], budget: { latencyMsMax: 5_000 } }));
    crank.fails('a', { retryAfterMs: 9_000 });
    expect(crank.state).toMatchObject({ end: 'failed', reason: expect.stringContaining('past the mission') });
  });
});
