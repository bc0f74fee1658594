// Handoffs: the next agent starts once the one before it has finished, and exactly once, whatever becomes of the envelope.
import { describe, expect, it } from 'vitest';
import { Crank } from './crank.test-support.ts';
import { agent, graph, team } from './sketch-team.test-support.ts';

const relay = team({ agents: [agent('first'), agent('second')] });
const started = (crank: Crank): readonly string[] => crank.noted('agent.started').map((note) => note.agent);

function handedOver(): Crank {
  const crank = new Crank().start(relay);
  crank.finishes('first', { payload: { found: 'rain' }, confidence: 0.7, flags: ['wet'] });
  return crank;
}

describe('a handoff', () => {
  it('starts the receiver with the payload, once the sender has finished and the receipt is there', () => {
    const crank = handedOver();
    expect(started(crank)).toEqual(['first']);
    crank.delivers();
    expect(started(crank)).toEqual(['first', 'second']);
    expect(crank.owed('model.ask', 'second').brief.input).toEqual({ found: 'rain' });
  });

  it('is stamped with confidence, flags, tokens, versions and times', () => {
    const { handoff } = handedOver().owed('handoff.deliver');
    expect(handoff).toMatchObject({ from: 'first', fromVersion: 1, to: 'second', mission: 'mission' });
    expect(handoff).toMatchObject({ confidence: 0.7, flags: ['wet'], tokens: 100, contextVersion: 1 });
    expect(handoff.sentAtMs).toBeGreaterThan(handoff.startedAtMs);
  });

  it('that is dropped goes out again when no receipt came in time', () => {
    const crank = handedOver();
    const sent = crank.owed('handoff.deliver');
    crank.fires('handoffTimeout');
    expect(crank.owed('handoff.deliver')).toMatchObject({ handoff: sent.handoff, attempt: 2 });
    crank.delivers();
    expect(started(crank)).toEqual(['first', 'second']);
  });

  it('that never arrives ends the mission as escalated, with the edge named', () => {
    const crank = handedOver();
    for (let attempt = 1; attempt <= 3; attempt += 1) crank.fires('handoffTimeout');
    expect(crank.state).toMatchObject({ status: 'ended', end: 'escalated' });
    expect(crank.state.reason).toContain('from first to second');
  });

  it('that is acknowledged twice, or late after a second sending, starts the receiver once', () => {
    const crank = handedOver();
    const command = crank.owed('handoff.deliver');
    const { handoff } = command;
    crank.fires('handoffTimeout');
    for (let copy = 1; copy <= 3; copy += 1)
      crank.answer(command, { kind: 'handoff.delivered', to: 'second', handoff });
    expect(started(crank)).toEqual(['first', 'second']);
    expect(crank.noted('event.ignored').map((note) => note.why)).toEqual(['late', 'late']);
  });

  it.each([
    ['misrouted', { to: 'first', payload: {} }],
    ['altered on the way', { to: 'second', payload: { found: 'snow' } }],
  ])('that was %s does not count, and goes out again as it was', (_how, { to, payload }) => {
    const crank = handedOver();
    const command = crank.owed('handoff.deliver');
    const handoff = { ...command.handoff, payload: { ...command.handoff.payload, ...payload } };
    crank.answer(command, { kind: 'handoff.delivered', to, handoff });
    expect(started(crank)).toEqual(['first']);
    crank.fires('handoffRetry');
    expect(crank.owed('handoff.deliver')).toMatchObject({ handoff: command.handoff, attempt: 2 });
  });

  it.each(['error', 'refused', 'bounced'] as const)('that fails (%s) is tried again after a wait', (how) => {
    const crank = handedOver();
    crank.answer(crank.owed('handoff.deliver'), { kind: 'handoff.failed', how, message: 'no' });
    expect(crank.noted('retry.scheduled')).toMatchObject([{ what: 'handoff', attempt: 2, waitMs: 100 }]);
    crank.fires('handoffRetry');
    crank.delivers();
    expect(started(crank)).toEqual(['first', 'second']);
  });

  it('is not sent a second time while the mission is paused, and is after it', () => {
    const crank = handedOver();
    crank.send({ kind: 'paused', by: 'op' });
    const before = crank.commands.length;
    crank.fires('handoffTimeout');
    expect(crank.commands.slice(before)).toEqual([]);
    expect(crank.allOwed('handoff.deliver')).toHaveLength(1);
    crank.send({ kind: 'resumed', by: 'op' });
    crank.fires('handoffTimeout');
    crank.delivers();
    expect(started(crank)).toEqual(['first', 'second']);
  });
});

describe('a graph', () => {
  it('fans out, and a joining agent waits for everyone and gets each payload under its sender', () => {
    const routes = graph(['lead'], 'lead->left', 'lead->right', 'left->join', 'right->join');
    const agents = [agent('lead'), agent('left'), agent('right'), agent('join', { join: 'all' })];
    const crank = new Crank().start(team({ agents, routes }));
    crank.finishes('lead');
    crank.delivers();
    crank.delivers();
    crank.finishes('right', { payload: { side: 'right' } });
    crank.delivers();
    expect(started(crank)).toEqual(['lead', 'left', 'right']);
    crank.finishes('left', { payload: { side: 'left' } });
    crank.delivers();
    expect(crank.owed('model.ask', 'join').brief.input).toEqual({
      left: { side: 'left' },
      right: { side: 'right' },
    });
  });

  it('escalates when no edge leads on for a result, and a field that is only inherited matches nothing', () => {
    const when = { field: 'constructor', is: 'equal', value: 1 } as const;
    const routes = { kind: 'graph', start: ['a'], edges: [{ from: 'a', to: 'b', when }] } as const;
    const crank = new Crank().start(team({ agents: [agent('a'), agent('b')], routes }));
    crank.finishes('a');
    expect(crank.state).toMatchObject({
      end: 'escalated',
      reason: 'no route leads on from a for this result',
    });
  });
});

describe('a router', () => {
  const routes = { kind: 'router', router: 'desk', agents: ['a', 'b'] } as const;
  const agents = [agent('desk'), agent('a'), agent('b')];

  it('names who is next, gets every result back, and ends the mission', () => {
    const crank = new Crank().start(team({ agents, routes }));
    crank.finishes('desk', { next: 'b' });
    crank.delivers();
    crank.finishes('b', { payload: { from: 'b' } });
    crank.delivers();
    expect(started(crank)).toEqual(['desk', 'b', 'desk']);
    crank.finishes('desk', { next: 'end' });
    expect(crank.state).toMatchObject({ status: 'ended', end: 'done' });
  });

  it.each(['ghost', 'desk', 'constructor', undefined])('that routes to %s escalates', (next) => {
    const crank = new Crank().start(team({ agents, routes }));
    crank.finishes('desk', next === undefined ? {} : { next });
    expect(crank.state).toMatchObject({ status: 'ended', end: 'escalated' });
  });
});
