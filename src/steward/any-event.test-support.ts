// Arbitrary events for the steward: answers to what it asked, to what nobody asked, of the wrong kind or epoch, and news from outside.
import fc from 'fast-check';
import type { Json } from '../base/json.ts';
import type { Obligation } from './command.ts';
import { startMs } from './crank.test-support.ts';
import type { AnswerEvent, OutsideEvent, StewardEvent } from './event.ts';
import { agent, graph, team, tool } from './sketch-team.test-support.ts';
import type { StewardState } from './state.ts';
import { obligations } from './step.ts';

/** Something of everything: fan-out and fan-in, tools of all three effects, an approval, an optional agent. */
export const storyTeam = team({
  agents: [
    agent('lead', {
      tools: ['read', 'save'],
      writes: ['x', 'list'],
      reads: ['x'],
      escalateTo: ['human:boss'],
      confidenceMin: 0.5,
    }),
    agent('left', { tools: ['send'], writes: ['x'], optional: true, join: 'any' }),
    agent('right', { tools: ['read', 'risk'], writes: ['law', 'sum'], escalateTo: ['lead'], visitsMax: 2 }),
    agent('join', { join: 'all', reads: ['x', 'list'], writes: ['x'], gates: ['quality'] }),
  ],
  tools: [
    tool('read', { factMs: 5_000 }),
    tool('save', { effect: 'idempotent' }),
    tool('send', { effect: 'once', probe: true }),
    tool('risk', { effect: 'once', approval: 'release' }),
  ],
  approvals: { release: { approvers: ['owner'], expiresMs: 4_000, escalateTo: ['deputy'] } },
  context: { x: 'reject', list: 'union', sum: 'add', law: { constraint: true } },
  routes: graph(['lead'], 'lead->left', 'lead->right', 'left->join', 'right->join'),
  budget: { tokensMax: 9_000 },
});

export type Draft = (state: StewardState) => StewardEvent;

/** Mostly what the steward waits for, with an answer that leads on; the rest is whatever may go astray. */
export function anyStoryEvent(): fc.Arbitrary<Draft> {
  const draw = fc.noBias(fc.tuple(fc.nat(999), fc.nat(999), fc.nat(50)));
  return fc.oneof(
    { weight: 16, arbitrary: draw.map(answered) },
    { weight: 1, arbitrary: fc.tuple(anyAnswer(), anyReference(), anyTime()).map(astray) },
    {
      weight: 1,
      arbitrary: fc.tuple(anyNews(), anyTime()).map(
        ([news, atMs]) =>
          () =>
            ({ ...news, atMs }) as StewardEvent,
      ),
    },
  );
}

/** One time in nine a timer fires; two times in three the answer is the first, and best, of its kind. */
function answered([place, variant, laterMs]: [number, number, number]): Draft {
  return (state) => {
    const owed = obligations(state);
    const wanted = owed.filter((command) => (command.kind === 'timer.start') === (place % 9 === 0));
    const list = wanted.length === 0 ? owed : wanted;
    const command = list[place % Math.max(1, list.length)];
    const atMs = state.atMs + laterMs;
    if (command === undefined) return { kind: 'resumed', by: 'nobody', atMs };
    if (command.kind === 'timer.start' && command.purpose === 'missionDeadline' && variant > 100)
      return { kind: 'resumed', by: 'nobody', atMs };
    const fits = answersTo(command);
    const body = fits[variant % 3 === 0 ? (variant / 3) % fits.length : 0] as object;
    return { ...body, command: command.id, epoch: command.epoch, atMs } as StewardEvent;
  };
}

function astray([body, reference, atMs]: [object, { command: string; epoch: number }, number]): Draft {
  return () => ({ ...body, ...reference, atMs }) as StewardEvent;
}

function anyReference() {
  const strange = fc.constantFrom('', 'c1', 't2', 'k1', 'lead#1', '__proto__', 'constructor', 'mission');
  const command = fc.oneof(
    strange,
    fc.nat(40).map((serial) => `c${serial}`),
    fc.nat(40).map((serial) => `t${serial}`),
  );
  return fc.record({ command, epoch: fc.integer({ min: -1, max: 4 }) });
}

function anyTime() {
  return fc.oneof(fc.constant(0), fc.integer({ min: startMs - 10, max: startMs + 100_000 }));
}

type Body<E> = E extends StewardEvent ? Omit<E, 'atMs' | 'command' | 'epoch'> : never;
type AnswerBody = Body<AnswerEvent>;

const usage = { inputTokens: 50, outputTokens: 5 };
const say = (
  toolCalls: readonly { id: string; name: string; arguments: { [key: string]: Json } }[],
): AnswerBody => ({
  kind: 'model.answered',
  answer: { content: '{}', toolCalls, finishReason: toolCalls.length === 0 ? 'stop' : 'toolCalls', usage },
});
const use = (name: string, args: { [key: string]: Json } = {}, id = 'call') => ({
  id,
  name,
  arguments: args,
});

const models: readonly AnswerBody[] = [
  say([]),
  say([]),
  say([use('read'), use('save', {}, 'call')]),
  say([use('send'), use('send', {}, 'again')]),
  say([use('risk'), use('read')]),
  say([use('ghost'), use('__proto__', { constructor: 1 })]),
  { kind: 'model.answered', answer: { content: 'cut', toolCalls: [], finishReason: 'length', usage } },
  {
    kind: 'model.answered',
    answer: {
      content: '',
      toolCalls: [],
      finishReason: 'stop',
      refusal: 'no',
      usage: { inputTokens: -1, outputTokens: 0.1 },
    },
  },
  { kind: 'model.failed', failure: { reason: 'timeout', message: '', retryable: true } },
  {
    kind: 'model.failed',
    failure: { reason: 'rateLimited', message: '', retryable: true, retryAfterMs: 900 },
  },
  { kind: 'model.failed', failure: { reason: 'unauthorised', message: '', retryable: false } },
];
const firstCalls: Readonly<Record<string, Parameters<typeof say>[0]>> = {
  lead: [use('read'), use('save')],
  left: [use('send')],
  right: [use('risk'), use('read')],
};
const tools: readonly AnswerBody[] = [
  { kind: 'tool.returned', result: { ok: true } },
  { kind: 'tool.returned', result: null },
  { kind: 'tool.failed', problem: { message: 'x', retryable: true, applied: 'unknown' } },
  { kind: 'tool.failed', problem: { message: 'x', retryable: true, applied: 'no' } },
  { kind: 'tool.failed', problem: { message: 'x', retryable: false, applied: 'no' } },
];
const gates: readonly AnswerBody[] = [
  ...[{}, { x: 1 }, { law: 'no', sum: 1 }, { list: ['a'] }, { x: null, ghost: 1 }].map(
    (patch): AnswerBody => ({
      kind: 'gate.checked',
      passed: true,
      reply: { payload: { n: 1 }, patch, confidence: 0.9, flags: [], next: 'right' },
      feedback: [],
    }),
  ),
  {
    kind: 'gate.checked',
    passed: true,
    reply: { payload: {}, patch: {}, confidence: 0.1, flags: [] },
    feedback: [],
  },
  { kind: 'gate.checked', passed: true, reply: null, feedback: [] },
  { kind: 'gate.checked', passed: false, reply: null, feedback: [{ gate: 'quality', feedback: 'no' }] },
  { kind: 'gate.failed', message: 'down' },
];

function answersTo(command: Obligation): readonly AnswerBody[] {
  switch (command.kind) {
    case 'model.ask':
      return command.turn === 1 ? [say(firstCalls[command.agent] ?? []), ...models] : models;
    case 'tool.use':
      return tools;
    case 'tool.probe':
      return (['applied', 'absent', 'unknown'] as const).map((found) => ({
        kind: 'tool.probed',
        found,
        result: { found },
      }));
    case 'gate.check':
      return gates;
    case 'handoff.deliver': {
      const { handoff } = command;
      return [
        { kind: 'handoff.delivered', to: handoff.to, handoff },
        { kind: 'handoff.delivered', to: handoff.to, handoff },
        { kind: 'handoff.delivered', to: 'ghost', handoff },
        { kind: 'handoff.failed', how: 'bounced', message: 'no' },
      ];
    }
    case 'approval.request': {
      const { contextVersion, fingerprint, approvers } = command;
      const yes = { contextVersion, fingerprint, approver: approvers[0] ?? '' };
      return [
        { kind: 'approval.decided', decision: 'approve', ...yes },
        { kind: 'approval.decided', decision: 'reject', ...yes },
        { kind: 'approval.decided', decision: 'approve', ...yes, approver: 'mallory' },
        { kind: 'approval.failed', message: 'down' },
      ];
    }
    case 'timer.start':
      return [{ kind: 'timer.fired' }];
    case 'credential.grant':
      return [{ kind: 'credential.granted' }];
    case 'credential.revoke':
      return [{ kind: 'credential.revoked' }];
    case 'notify':
      return [{ kind: 'notified' }];
  }
}

function anyAnswer(): fc.Arbitrary<AnswerBody> {
  return fc.constantFrom(
    ...models,
    ...tools,
    ...gates,
    { kind: 'timer.fired' } as const,
    { kind: 'notified' } as const,
  );
}

function anyNews(): fc.Arbitrary<Body<OutsideEvent>> {
  const by = 'op';
  const { budget } = storyTeam;
  return fc.constantFrom<Body<OutsideEvent>>(
    { kind: 'context.edited', by, patch: { x: 5, list: ['a', 'b'], sum: 'text' } },
    {
      kind: 'context.edited',
      by,
      patch: JSON.parse('{"__proto__": 1, "constructor": [], "law": {}}') as { [key: string]: Json },
    },
    { kind: 'budget.changed', budget: { ...budget, tokensMax: 2_000, latencyMsMax: 10 } },
    { kind: 'budget.changed', budget: { ...budget, tokensMax: 99_000 } },
    { kind: 'paused', by },
    { kind: 'paused', by },
    { kind: 'resumed', by },
    { kind: 'resumed', by },
    { kind: 'cancelled', by, reason: 'enough' },
    {
      kind: 'agent.published',
      definition: agent('right', { version: 2, tools: ['ghost'], escalateTo: ['nobody'] }),
      adopt: 'now',
    },
    { kind: 'agent.published', definition: agent('__proto__', { version: 2 }), adopt: 'now' },
    { kind: 'agent.rolledBack', agent: 'right', version: 1, adopt: 'now' },
    { kind: 'agent.rolledBack', agent: 'constructor', version: 1, adopt: 'now' },
    { kind: 'credential.withdrawn', agent: 'lead', reason: 'leak' },
    { kind: 'credential.withdrawn', agent: 'right', reason: 'leak' },
    ...[['lead'], ['left', 'right'], ['__proto__']].map((agents): Body<OutsideEvent> => ({
      kind: 'loop.detected',
      loop: 'rewording',
      agents,
      tools: ['read'],
      repetitions: 4,
      reason: 'they go round',
    })),
    { kind: 'mission.started', mission: { id: 'other', goal: '', input: {}, context: {} }, team: storyTeam },
    ...[2, 3, 4].map((epoch): Body<OutsideEvent> => ({ kind: 'recovered', epoch }) as never),
  );
}
