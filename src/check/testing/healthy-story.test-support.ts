// A healthy story: the writer searches, drafts and hands on; the closer asks legal and sends; the mission ends done.
import { fingerprint } from '../../base/fingerprint.ts';
import type { JsonObject } from '../../base/json.ts';
import { storyTeam } from './story-team.test-support.ts';
import { storyStartMs, type Line, type Story } from './trace-story.test-support.ts';

/** The books of an agent and of the mission after a change; `spent` is what both had spent before it. */
function booked(kind: 'budget.reserved' | 'budget.settled', { agent, call, tokens, spent }: Turn): Story {
  return [agent, '*'].map((owner, place): Line => {
    const settled = kind === 'budget.settled';
    const limit = owner === '*' ? storyTeam.budget : storyTeam.agents[owner]!.budget;
    const tokensSpent = spent[place]! + (settled ? tokens : 0);
    return {
      kind,
      agent: owner,
      command: call,
      tokens: settled ? tokens : 1_000,
      tokensSpent,
      tokensReserved: settled ? 0 : 1_000,
      tokensPresumed: 0,
      tokensMax: limit.tokensMax,
      costMicros: tokensSpent * 2,
      costMicrosMax: limit.costMicrosMax,
    };
  });
}

interface Turn {
  readonly agent: string;
  readonly assignment: string;
  readonly call: string;
  readonly turn: number;
  readonly tokens: number;
  /** By the agent and by the mission before this turn. */
  readonly spent: readonly [number, number];
  readonly content: string;
  readonly uses?: { readonly name: string; readonly arguments: JsonObject };
  readonly contextVersion: number;
}

/** A model call from its reservation to its settlement. */
function turn(parts: Turn): Story {
  const { agent, assignment, call, tokens, content, uses } = parts;
  return [
    ...booked('budget.reserved', parts),
    {
      kind: 'model.called',
      call,
      agent,
      version: 1,
      model: 'model',
      assignment,
      turn: parts.turn,
      attempt: 1,
      key: `m1/${assignment}/t${parts.turn}/n1`,
      contextVersion: parts.contextVersion,
      slice: parts.contextVersion === 1 ? { brief: 'short' } : { brief: 'short', draft: 'dear acme' },
      feedback: [],
      epoch: 1,
    },
    {
      kind: 'model.answered',
      call,
      agent,
      content,
      toolCalls: uses === undefined ? [] : [{ id: `${call}.1`, ...uses }],
      finishReason: uses === undefined ? 'stop' : 'toolCalls',
      usage: { inputTokens: tokens - 10, outputTokens: 10 },
    },
    accepted(call, 'model.answered'),
    ...booked('budget.settled', parts),
  ];
}

function accepted(command: string, event: string): Line {
  return { kind: 'answer.accepted', command, event };
}

function started(agent: string, assignment: string, version: number): Story {
  const credential = `k-${agent}`;
  const { scopes, reads } = storyTeam.agents[agent]!;
  return [
    { kind: 'agent.started', agent, version: 1, assignment, visit: 1 },
    { kind: 'context.read', agent, assignment, version, keys: ['brief', ...reads] },
    accepted(`g-${agent}`, 'credential.granted'),
    { kind: 'credential.granted', credential, agent, scopes },
  ];
}

interface Use {
  readonly agent: 'writer' | 'closer';
  readonly assignment: string;
  readonly call: string;
  readonly tool: 'search' | 'send';
  readonly arguments: JsonObject;
  readonly approval: string | null;
  readonly contextVersion: number;
}

function used(parts: Use): Story {
  const { agent, assignment, call, tool, approval, contextVersion } = parts;
  const effect = storyTeam.tools[tool]!.effect;
  const key = `m1/${agent}/${tool}`;
  const result = { ok: true };
  return [
    {
      kind: 'tool.called',
      call,
      agent,
      version: 1,
      assignment,
      tool,
      arguments: parts.arguments,
      effect,
      attempt: 1,
      key,
      scope: tool,
      credential: `k-${agent}`,
      approval,
      contextVersion,
      epoch: 1,
    },
    { kind: 'tool.applied', tool, key, effect, arguments: parts.arguments },
    { kind: 'tool.returned', call, agent, tool, result },
    accepted(call, 'tool.returned'),
  ];
}

/** A draft through its gates into the context. */
function finished(agent: 'writer' | 'closer', assignment: string, call: string, commit: Line): Story {
  const { gates } = storyTeam.agents[agent]!;
  return [
    { kind: 'gate.called', call, agent, assignment, rework: 0, gates },
    { kind: 'gate.answered', call, passed: true },
    accepted(call, 'gate.checked'),
    { kind: 'gate.passed', agent, assignment, rework: 0, gates },
    commit,
    { kind: 'credential.revoked', credential: `k-${agent}`, agent },
    { kind: 'agent.finished', agent, assignment, outcome: 'done', confidence: 0.9, tokens: 300 },
  ];
}

const contract = { to: 'acme' };
export const contractFingerprint = fingerprint({ name: 'send', arguments: contract });
const question = { request: 'c7', contextVersion: 2, fingerprint: contractFingerprint };

const writerPart: Story = [
  { kind: 'outside.accepted', event: 'mission.started' },
  { kind: 'mission.started', mission: 'm1', team: 'story', pins: { writer: 1, closer: 1 } },
  ...started('writer', 'a1', 1),
  ...turn({
    agent: 'writer',
    assignment: 'a1',
    call: 'c1',
    turn: 1,
    tokens: 100,
    spent: [0, 0],
    content: '',
    uses: { name: 'search', arguments: { q: 'acme' } },
    contextVersion: 1,
  }),
  ...used({
    agent: 'writer',
    assignment: 'a1',
    call: 'c2',
    tool: 'search',
    arguments: { q: 'acme' },
    approval: null,
    contextVersion: 1,
  }),
  ...turn({
    agent: 'writer',
    assignment: 'a1',
    call: 'c3',
    turn: 2,
    tokens: 200,
    spent: [100, 100],
    content: 'draft',
    contextVersion: 1,
  }),
  ...finished('writer', 'a1', 'c4', {
    kind: 'context.committed',
    agent: 'writer',
    assignment: 'a1',
    base: 1,
    version: 2,
    patch: { draft: 'dear acme', notes: ['found'], tags: ['a', 'b'], score: 2, tone: 'warm' },
  }),
  {
    kind: 'handoff.sent',
    call: 'c5',
    handoff: 'h1',
    from: 'writer',
    to: 'closer',
    attempt: 1,
    payload: { lead: 1 },
    confidence: 0.9,
    contextVersion: 2,
    tokens: 300,
  },
  { kind: 'handoff.received', handoff: 'h1', from: 'writer', to: 'closer', payload: { lead: 1 } },
  accepted('c5', 'handoff.delivered'),
];

const closerPart: Story = [
  ...started('closer', 'a2', 2),
  ...turn({
    agent: 'closer',
    assignment: 'a2',
    call: 'c6',
    turn: 1,
    tokens: 300,
    spent: [0, 300],
    content: '',
    uses: { name: 'send', arguments: contract },
    contextVersion: 2,
  }),
  {
    kind: 'approval.requested',
    agent: 'closer',
    name: 'contract',
    approvers: ['legal'],
    expiresAtMs: storyStartMs + 10_000,
    ...question,
  },
  { kind: 'approval.asked', call: 'c7', agent: 'closer', name: 'contract' },
  { kind: 'approval.answered', call: 'c7', approver: 'legal', decision: 'approve' },
  accepted('c7', 'approval.decided'),
  { kind: 'approval.decided', decision: 'approve', approver: 'legal', ...question },
  ...used({
    agent: 'closer',
    assignment: 'a2',
    call: 'c8',
    tool: 'send',
    arguments: contract,
    approval: 'c7',
    contextVersion: 2,
  }),
  ...turn({
    agent: 'closer',
    assignment: 'a2',
    call: 'c9',
    turn: 2,
    tokens: 400,
    spent: [300, 600],
    content: 'sent',
    contextVersion: 2,
  }),
  ...finished('closer', 'a2', 'c10', {
    kind: 'context.committed',
    agent: 'closer',
    assignment: 'a2',
    base: 2,
    version: 3,
    patch: { sent: true, notes: ['sent'], tags: ['b', 'c'], score: 3 },
  }),
  {
    kind: 'mission.ended',
    end: 'done',
    reason: 'all work is done',
    contextVersion: 3,
    context: {
      brief: 'short',
      draft: 'dear acme',
      notes: ['asked', 'found', 'sent'],
      tags: ['a', 'b', 'c'],
      score: 5,
      tone: 'warm',
      sent: true,
    },
  },
];

const found = (invariant: string): Line => ({ kind: 'finding', invariant, held: true, detail: '', times: 9 });

export const healthyStory: Story = [
  ...writerPart,
  ...closerPart,
  found('S1'),
  found('S2'),
  found('S3'),
  found('S13'),
  { kind: 'run.stopped', why: 'ended', detail: '', pending: 0, live: 0 },
];

/** The same story up to an event, and then the run stops. */
export function stoppedAfter(
  kind: Line['kind'],
  stop: Partial<Extract<Line, { kind: 'run.stopped' }>>,
  nth = 1,
): Story {
  let count = 0;
  const place = healthyStory.findIndex((line) => line.kind === kind && (count += 1) === nth);
  return [
    ...healthyStory.slice(0, place + 1),
    { kind: 'run.stopped', why: 'stalled', detail: '', pending: 0, live: 0, ...stop },
  ];
}
