// Approvals: a high-stakes call waits for a person, goes by that decision alone, and nobody's silence is a yes. S7.
import { describe, expect, it } from 'vitest';
import type { Decision } from './approvals.ts';
import { call, Crank } from './crank.test-support.ts';
import { agent, team, tool } from './sketch-team.test-support.ts';

const gate = { approvers: ['owner'], expiresMs: 5_000, escalateTo: ['deputy'] };
const contract = team({
  agents: [agent('closer', { tools: ['send', 'look'], writes: ['done'] })],
  tools: [tool('send', { effect: 'once', approval: 'release' }), tool('look')],
  approvals: { release: gate },
  context: { done: 'reject', note: 'lastWriterWins' },
});

function asking(definition = contract): Crank {
  const crank = new Crank().start(definition);
  crank.says('closer', { tools: [call('send', { to: 'acme' })] });
  return crank;
}

function decide(crank: Crank, parts: Partial<Decision> = {}) {
  const request = crank.owed('approval.request');
  const { contextVersion, fingerprint } = request;
  crank.answer(request, {
    kind: 'approval.decided',
    decision: 'approve',
    approver: 'owner',
    contextVersion,
    fingerprint,
    ...parts,
  });
}

describe('an approval', () => {
  it('releases the very call that was asked about, and names itself in it', () => {
    const crank = asking();
    expect(crank.allOwed('tool.use')).toEqual([]);
    const { id, summary } = crank.owed('approval.request');
    expect(summary).toEqual({ tool: 'send', arguments: { to: 'acme' } });
    decide(crank);
    expect(crank.owed('tool.use')).toMatchObject({ approval: id, call: { arguments: { to: 'acme' } } });
  });

  it.each([
    ['by somebody who was not asked', { approver: 'mallory' }, 'approver'],
    ['for another context version', { contextVersion: 99 }, 'version'],
    ['for another action', { fingerprint: 'other' }, 'fingerprint'],
  ])('given %s does not count, and the question stays open', (_how, parts, why) => {
    const crank = asking();
    decide(crank, parts);
    expect(crank.noted('approval.refused')).toMatchObject([{ why }]);
    expect(crank.allOwed('tool.use')).toEqual([]);
    expect(crank.owed('approval.request').expiresAtMs).toBe(
      crank.noted('approval.requested')[0]!.expiresAtMs,
    );
    decide(crank);
    expect(crank.allOwed('tool.use')).toHaveLength(1);
  });

  it('that is refused is told to the agent, and the call is not made', () => {
    const crank = asking();
    decide(crank, { decision: 'reject' });
    expect(crank.allOwed('tool.use')).toEqual([]);
    const [exchange] = crank.owed('model.ask').brief.exchanges;
    expect(exchange).toMatchObject({ failed: true, result: { error: 'owner did not approve' } });
  });

  it('is asked for again when the context moved between question and answer', () => {
    const crank = asking();
    crank.send({ kind: 'context.edited', by: 'op', patch: { note: 'new' } });
    decide(crank);
    expect(crank.allOwed('tool.use')).toEqual([]);
    expect(crank.noted('approval.outdated')).toMatchObject([{ boundTo: 1, version: 2 }]);
    expect(crank.owed('approval.request').contextVersion).toBe(2);
    decide(crank);
    expect(crank.owed('tool.use').contextVersion).toBe(2);
  });

  it('is good for one call: another with other arguments is asked about again', () => {
    const crank = asking();
    decide(crank);
    crank.returns('send');
    crank.says('closer', { tools: [call('send', { to: 'other' })] });
    expect(crank.allOwed('tool.use')).toEqual([]);
    expect(crank.owed('approval.request').summary).toMatchObject({ arguments: { to: 'other' } });
  });

  it('that was already answered takes no second answer', () => {
    const crank = asking();
    const request = crank.owed('approval.request');
    decide(crank);
    const { contextVersion, fingerprint } = request;
    const no = { decision: 'reject', approver: 'owner', contextVersion, fingerprint } as const;
    crank.answer(request, { kind: 'approval.decided', ...no });
    expect(crank.noted('event.ignored')).toMatchObject([{ why: 'late' }]);
    expect(crank.allOwed('tool.use')).toHaveLength(1);
  });
});

describe('a question that nobody answers', () => {
  it('escalates when it expires, to those named for it, and ends escalated when they are silent too', () => {
    const crank = asking();
    crank.fires('approvalExpiry');
    expect(crank.noted('escalated')).toMatchObject([{ agent: 'closer', to: 'deputy' }]);
    expect(crank.owed('approval.request').approvers).toEqual(['deputy']);
    crank.fires('approvalExpiry');
    expect(crank.state).toMatchObject({ status: 'ended', end: 'escalated' });
    expect(crank.noted('approval.expired')).toHaveLength(2);
    expect(crank.commands.some((command) => command.kind === 'tool.use')).toBe(false);
  });

  it('can be decided by those it escalated to, and by them alone', () => {
    const crank = asking();
    crank.fires('approvalExpiry');
    decide(crank, { approver: 'owner' });
    expect(crank.allOwed('tool.use')).toEqual([]);
    decide(crank, { approver: 'deputy' });
    expect(crank.allOwed('tool.use')).toHaveLength(1);
  });

  it('ends the mission as escalated where it escalates to nobody', () => {
    const crank = asking({ ...contract, approvals: { release: { ...gate, escalateTo: [] } } });
    crank.fires('approvalExpiry');
    expect(crank.state).toMatchObject({ status: 'ended', end: 'escalated' });
  });

  it('that cannot even be asked ends escalated after a few tries', () => {
    const crank = asking();
    let tries = 0;
    for (; crank.state.status === 'running' && tries < 20; tries += 1)
      crank.answer(crank.owed('approval.request'), { kind: 'approval.failed', message: 'mail is down' });
    expect(tries).toBeLessThan(10);
    expect(crank.state).toMatchObject({ status: 'ended', end: 'escalated' });
  });
});
