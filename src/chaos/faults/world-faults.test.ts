// Faults of tools, handoffs, approvals, gates and the process: what each makes of an outcome, and when it changes nothing.
import { describe, expect, it } from 'vitest';
import { bendOnce, seenBefore, type Shown } from '../bend-once.test-support.ts';
import { decided, delivered, handoff, passed, rejected, returned } from '../crossing.test-support.ts';
import { isSameOutcome } from '../same-outcome.ts';

type Case = readonly [sentence: string, kind: string, parameters: object, shown: Shown, comes: object];

const result = { outcome: returned() };
const sent = { outcome: delivered() };
const human = { outcome: decided };
const old = delivered({ ...handoff, id: 'h0', to: 'checker' });

const bends: readonly Case[] = [
  ['a tool throws', 'tool.error', {}, {}, { kind: 'failed', status: 0, retryable: true, applied: 'no' }],
  [
    'a tool returns an error',
    'tool.error',
    { form: 'payload', message: 'no' },
    {},
    { kind: 'returned', result: { error: 'no' } },
  ],
  [
    'a tool is not there',
    'tool.error',
    { form: 'notFound' },
    {},
    { kind: 'failed', status: 404, retryable: false },
  ],
  [
    'a tool answers 404',
    'tool.httpStatus',
    { status: 404 },
    {},
    { status: 404, retryable: false, applied: 'no' },
  ],
  [
    'a tool answers 500 and leaves its effect in doubt',
    'tool.httpStatus',
    {},
    {},
    { status: 500, retryable: true, applied: 'unknown' },
  ],
  [
    'a tool times out',
    'tool.timeout',
    { afterMs: 5 },
    {},
    { kind: 'failed', applied: 'unknown', afterMs: 5 },
  ],
  ['a tool hangs', 'tool.hang', {}, {}, { kind: 'silent' }],
  ['a tool is slow', 'tool.latency', { ms: 900 }, result, { kind: 'returned', afterMs: 1000 }],
  ['a ramp begins low', 'tool.latency', { ms: 1000, dist: 'ramp', over: 4 }, result, { afterMs: 350 }],
  [
    'a ramp ends at its height',
    'tool.latency',
    { ms: 1000, dist: 'ramp', over: 4 },
    { ...result, firing: 9 },
    { afterMs: 1100 },
  ],
  [
    'a degrading tool doubles',
    'tool.latency',
    { ms: 800, dist: 'degrading', over: 4 },
    { ...result, firing: 2 },
    { afterMs: 300 },
  ],
  ['a sure spike', 'tool.latency', { ms: 800, dist: 'spike', spikeChance: 1 }, result, { afterMs: 900 }],
  [
    'a lost reply after the effect',
    'tool.timeoutAfterCommit',
    { afterMs: 5 },
    result,
    { kind: 'failed', applied: 'unknown', afterMs: 100 },
  ],
  [
    'a lost reply that nobody mentions',
    'tool.timeoutAfterCommit',
    { how: 'hang' },
    result,
    { kind: 'silent' },
  ],
  ['an empty list', 'tool.empty', {}, result, { result: [] }],
  ['an empty object', 'tool.empty', {}, { outcome: returned({ a: 1 }) }, { result: {} }],
  ['null for anything', 'tool.empty', { form: 'null' }, result, { result: null }],
  ['a handoff is lost', 'handoff.drop', {}, {}, { kind: 'lost' }],
  ['a handoff is late', 'handoff.delay', { ms: 500 }, sent, { kind: 'delivered', afterMs: 520 }],
  [
    'a handoff times out',
    'handoff.timeout',
    { afterMs: 9 },
    {},
    { kind: 'failed', how: 'error', afterMs: 9 },
  ],
  [
    'a handoff fails',
    'handoff.error',
    { message: 'oh' },
    {},
    { kind: 'failed', how: 'error', message: 'oh' },
  ],
  [
    'a handoff comes three times',
    'handoff.duplicate',
    { copies: 2, gapMs: 30 },
    sent,
    { copiesAfterMs: [30, 60] },
  ],
  ['a handoff is held back', 'handoff.reorder', { windowMs: 1000 }, sent, { afterMs: 1020 }],
  [
    'an old handoff comes again',
    'handoff.replay',
    {},
    { ...sent, seen: [seenBefore(old)] },
    { to: 'checker', handoff: old.handoff },
  ],
  [
    'the first handoff comes again',
    'handoff.replay',
    { which: 'first' },
    { ...sent, seen: [seenBefore(old), seenBefore(delivered())] },
    { handoff: old.handoff },
  ],
  [
    'a handoff reaches another agent',
    'handoff.misroute',
    {},
    sent,
    { kind: 'delivered', to: 'checker', handoff },
  ],
  ['a handoff reaches nobody', 'handoff.misroute', { to: 'ghost', ghost: 'casper' }, sent, { to: 'casper' }],
  ['a handoff comes back', 'handoff.misroute', { to: 'self' }, sent, { to: 'writer' }],
  ['a handoff bounces', 'handoff.bounce', {}, {}, { kind: 'failed', how: 'bounced' }],
  [
    'a handoff is refused',
    'handoff.rejectDelegation',
    { reason: 'busy' },
    {},
    { kind: 'failed', how: 'refused', message: 'busy' },
  ],
  ['an approver is away', 'approval.absent', { ms: 1000 }, human, { kind: 'decided', afterMs: 61_000 }],
  ['an approval times out', 'approval.timeout', { afterMs: 8 }, {}, { kind: 'failed', afterMs: 8 }],
  ['nobody ever approves', 'approval.never', {}, {}, { kind: 'silent' }],
  [
    'a decision is forced',
    'approval.forceVerdict',
    {},
    human,
    { decision: 'reject', approver: 'head-of-sales' },
  ],
  ['the approval service is down', 'approval.outage', {}, {}, { kind: 'failed', afterMs: 0 }],
  [
    'the approval service does not answer',
    'approval.outage',
    { how: 'timeout', afterMs: 8 },
    {},
    { kind: 'failed', afterMs: 8 },
  ],
  [
    'a stranger approves',
    'approval.wrongApprover',
    { approver: 'intern' },
    human,
    { decision: 'approve', approver: 'intern' },
  ],
  ['a gate is down', 'gate.outage', { afterMs: 4 }, {}, { kind: 'failed', afterMs: 4 }],
  ['a gate hangs', 'gate.outage', { how: 'hang' }, {}, { kind: 'silent' }],
  [
    'a gate rejects good work',
    'gate.alwaysReject',
    { feedback: 'no' },
    { outcome: passed },
    { passed: false, feedback: [{ gate: 'thing', feedback: 'no' }] },
  ],
  ['a gate passes bad work', 'gate.rubberStamp', {}, { outcome: rejected }, { passed: true, feedback: [] }],
  ['a verdict turns to no', 'gate.flapping', { p: 1 }, { outcome: passed }, { passed: false }],
  ['a verdict turns to yes', 'gate.flapping', { p: 1 }, { outcome: rejected }, { passed: true }],
  [
    'the process dies',
    'crash.kill',
    { point: 'afterEffect', downMs: 5 },
    {},
    { kind: 'crashed', point: 'afterEffect', downMs: 5, times: 1 },
  ],
  [
    'the process dies four times',
    'crash.loop',
    { times: 4 },
    {},
    { kind: 'crashed', point: 'afterAppend', times: 4 },
  ],
  [
    'an operator pauses the team, and lets it go on',
    'operator.intervene',
    { action: 'pause', ms: 500 },
    {},
    {
      kind: 'mail',
      events: [
        { afterMs: 0, event: { kind: 'paused', by: 'operator' } },
        { afterMs: 500, event: { kind: 'resumed', by: 'operator' } },
      ],
    },
  ],
  [
    'an operator edits the context',
    'operator.intervene',
    { action: 'redirect', patch: { tone: 'formal' } },
    {},
    { events: [{ event: { kind: 'context.edited', patch: { tone: 'formal' } } }] },
  ],
  [
    'an operator cancels the mission',
    'operator.intervene',
    { action: 'cancel', by: 'ada' },
    {},
    { events: [{ event: { kind: 'cancelled', by: 'ada' } }] },
  ],
  [
    'a named agent loses its credentials',
    'cred.revoked',
    { agents: ['closer'] },
    {},
    { kind: 'mail', events: [{ event: { kind: 'credential.withdrawn', agent: 'closer' } }] },
  ],
  [
    'some agent loses its credentials',
    'cred.revoked',
    {},
    { agents: ['writer'] },
    { events: [{ event: { kind: 'credential.withdrawn', agent: 'writer' } }] },
  ],
];

const leaves: readonly (readonly [sentence: string, kind: string, parameters: object, shown: Shown])[] = [
  ['a tool delay of 0 ms', 'tool.latency', { ms: 0, jitterMs: 50 }, result],
  ['a spike that does not come', 'tool.latency', { ms: 800, dist: 'spike', spikeChance: 0 }, result],
  ['a silent tool', 'tool.latency', { ms: 800 }, { outcome: { kind: 'silent' } }],
  ['a reply that failed anyway', 'tool.timeoutAfterCommit', {}, { outcome: { kind: 'silent' } }],
  ['an empty result', 'tool.empty', {}, { outcome: returned([]) }],
  ['a handoff delay of 0 ms', 'handoff.delay', { ms: 0 }, sent],
  ['no copies', 'handoff.duplicate', { copies: 0 }, sent],
  ['no window to overtake in', 'handoff.reorder', { windowMs: 0 }, sent],
  ['nothing to replay', 'handoff.replay', {}, sent],
  ['no other agent', 'handoff.misroute', {}, { ...sent, agents: ['writer', 'closer'] }],
  ['no bounces', 'handoff.bounce', { times: 0 }, {}],
  ['a rate of refusals of 0', 'handoff.rejectDelegation', { rate: 0 }, {}],
  ['an absence of 0 ms', 'approval.absent', { ms: 0 }, human],
  ['the decision that came anyway', 'approval.forceVerdict', { decision: 'approve' }, human],
  ['the approver who decided anyway', 'approval.wrongApprover', { approver: 'head-of-sales' }, human],
  ['work that is rejected already', 'gate.alwaysReject', {}, { outcome: rejected }],
  ['work that passed already', 'gate.rubberStamp', {}, { outcome: passed }],
  ['a gate that never turns', 'gate.flapping', { p: 0 }, { outcome: passed }],
  ['a loop of no crashes', 'crash.loop', { times: 0 }, {}],
  ['credentials of nobody', 'cred.revoked', {}, { agents: [] }],
];

describe('a fault of the world', () => {
  it.for(bends)('bends: %s', ([, kind, parameters, shown, comes]) =>
    expect(bendOnce(kind, { ...parameters }, shown)).toMatchObject(comes),
  );

  it.for(leaves)('leaves alone: %s', ([, kind, parameters, shown]) => {
    const bent = bendOnce(kind, { ...parameters }, shown);
    expect(bent === null || isSameOutcome(bent, shown.outcome)).toBe(true);
  });
});
