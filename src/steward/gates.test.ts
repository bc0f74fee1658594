// Gates and rework: rejected work goes back with the reason and never further; a gate that cannot answer is never a pass.
import { describe, expect, it } from 'vitest';
import { Crank } from './crank.test-support.ts';
import { agent, team } from './sketch-team.test-support.ts';

const writer = agent('writer', { gates: ['quality'], writes: ['text'], reads: ['text'] });
const solo = team({ agents: [writer, agent('reader')], context: { text: 'reject' } });

describe('a quality gate', () => {
  it('sends the reason back to the agent that did the work, with all reasons so far', () => {
    const crank = new Crank().start(solo);
    crank.says('writer', { content: 'one' });
    crank.rejects('writer', 'too short');
    expect(crank.owed('model.ask', 'writer')).toMatchObject({
      turn: 1,
      brief: { feedback: ['quality: too short'] },
    });
    crank.says('writer', { content: 'two' });
    crank.rejects('writer', 'too long');
    expect(crank.owed('model.ask', 'writer').brief.feedback).toEqual([
      'quality: too short',
      'quality: too long',
    ]);
  });

  it('keeps rejected work out of the context and out of every handoff', () => {
    const crank = new Crank().start(solo);
    crank.says('writer');
    crank.answer(crank.owed('gate.check'), {
      kind: 'gate.checked',
      passed: false,
      reply: { payload: {}, patch: { text: 'bad' }, confidence: 1, flags: [] },
      feedback: [{ gate: 'quality', feedback: 'bad' }],
    });
    expect(crank.state.context).toEqual({});
    expect(crank.allOwed('handoff.deliver')).toEqual([]);
  });

  it('that passes what cannot be read rejects it all the same, and says why', () => {
    const crank = new Crank().start(solo);
    crank.says('writer');
    crank.answer(crank.owed('gate.check'), { kind: 'gate.checked', passed: true, reply: null, feedback: [] });
    expect(crank.owed('model.ask', 'writer').brief.feedback).toEqual([expect.stringContaining('read')]);
  });

  it('fails the work after the last rework', () => {
    const crank = new Crank().start(solo);
    for (const content of ['one', 'two', 'three']) {
      crank.says('writer', { content });
      crank.rejects('writer', 'no');
    }
    expect(crank.state).toMatchObject({ status: 'ended', end: 'failed' });
    expect(crank.state.reason).toContain('not good enough after 2 reworks');
    expect(crank.noted('rework.requested')).toHaveLength(2);
  });

  it('raises an alarm when the same rejected work comes in for the third time', () => {
    const stubborn = team({ agents: [{ ...writer, reworksMax: 9 }] });
    const crank = new Crank().start(stubborn);
    for (let round = 1; round <= 3; round += 1) {
      crank.says('writer', { content: 'the same' });
      crank.rejects('writer', 'no');
    }
    expect(crank.noted('loop.alarmed')).toMatchObject([{ loop: 'rework', repetitions: 3 }]);
    expect(crank.state).toMatchObject({ status: 'ended', end: 'failed' });
  });

  it('does not alarm when the work changes in between', () => {
    const crank = new Crank().start(team({ agents: [{ ...writer, reworksMax: 9 }] }));
    for (const content of ['a', 'b', 'a', 'b', 'a']) {
      crank.says('writer', { content });
      crank.rejects('writer', 'no');
    }
    expect(crank.noted('loop.alarmed')).toEqual([]);
  });
});

describe('a gate outage', () => {
  it.each([
    [
      'an error',
      (crank: Crank) => crank.answer(crank.owed('gate.check'), { kind: 'gate.failed', message: 'x' }),
    ],
    ['silence', (crank: Crank) => crank.fires('gateTimeout')],
  ])('(%s) is asked again, and then fails closed', (_what, outage) => {
    const crank = new Crank().start(solo);
    crank.says('writer');
    outage(crank);
    expect(crank.owed('gate.check')).toMatchObject({ attempt: 2 });
    outage(crank);
    expect(crank.state).toMatchObject({ status: 'ended', end: 'failed' });
    expect(crank.noted('gate.passed')).toEqual([]);
    expect(crank.state.contextVersion).toBe(1);
  });
});

describe('an unfinished answer', () => {
  it.each([
    ['length', undefined, 'cut off'],
    ['contentFilter', undefined, 'content filter'],
    ['stop', 'I cannot help', 'I cannot help'],
  ] as const)('(%s, %s) is never gated: it goes back to work', (finishReason, refusal, told) => {
    const crank = new Crank().start(solo);
    crank.answer(crank.owed('model.ask'), {
      kind: 'model.answered',
      answer: {
        content: '{}',
        toolCalls: [],
        finishReason,
        usage: { inputTokens: 1, outputTokens: 1 },
        ...(refusal === undefined ? {} : { refusal }),
      },
    });
    expect(crank.allOwed('gate.check')).toEqual([]);
    expect(crank.owed('model.ask').brief.feedback).toEqual([expect.stringContaining(told)]);
  });
});

describe('low confidence', () => {
  const unsure = agent('unsure', { confidenceMin: 0.5, escalateTo: ['human:boss'], writes: ['x'] });
  const asked = (): Crank => {
    const crank = new Crank().start(team({ agents: [unsure], context: { x: 'reject' } }));
    crank.finishes('unsure', { confidence: 0.4, patch: { x: 1 } });
    return crank;
  };
  const decision = (crank: Crank, what: 'approve' | 'reject') => {
    const { contextVersion, fingerprint } = crank.owed('approval.request');
    const how = { decision: what, approver: 'boss', contextVersion, fingerprint };
    crank.answer(crank.owed('approval.request'), { kind: 'approval.decided', ...how });
  };

  it('asks the person on the escalation path, and nothing is committed before the answer', () => {
    const crank = asked();
    expect(crank.owed('approval.request')).toMatchObject({ subject: 'output', approvers: ['boss'] });
    expect(crank.state.context).toEqual({});
    decision(crank, 'approve');
    expect(crank.state.context['x']).toMatchObject({ value: 1 });
    expect(crank.state.end).toBe('done');
  });

  it('ends escalated when the person does not accept it', () => {
    const crank = asked();
    decision(crank, 'reject');
    expect(crank.state).toMatchObject({ end: 'escalated', context: {} });
  });

  it('goes to another agent on the path, with the same input', () => {
    const agents = [agent('unsure', { confidenceMin: 0.5, escalateTo: ['senior'] }), agent('senior')];
    const routes = { kind: 'graph', start: ['unsure'], edges: [] } as const;
    const crank = new Crank().start(team({ agents, routes }));
    crank.finishes('unsure', { confidence: 0.1 });
    expect(crank.owed('model.ask', 'senior').brief.input).toEqual({ topic: 'rain' });
  });
});
