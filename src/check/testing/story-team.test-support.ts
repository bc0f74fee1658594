// The team of the trace stories: a writer that searches and drafts, and a closer that sends the contract with leave.
import type { AgentDefinition } from '../../team/agent.ts';
import type { TeamDefinition } from '../../team/definition.ts';
import type { ToolDefinition } from '../../team/tool.ts';

const agentLimits = {
  version: 1,
  responsibility: 'tells a story',
  successCriteria: [],
  failureSignals: [],
  model: 'model',
  confidenceMin: 0,
  escalateTo: [],
  budget: { tokensMax: 5_000, costMicrosMax: 10_000, latencyMsMax: 60_000, alertAt: 0.8 },
  tokensPerCallMax: 1_000,
  timeoutMs: 1_000,
  attemptsMax: 3,
  turnsMax: 4,
  reworksMax: 1,
  visitsMax: 2,
  join: 'any',
  optional: false,
} as const satisfies Partial<AgentDefinition>;

const toolLimits = { timeoutMs: 1_000, attemptsMax: 2, factMs: 0, probe: false };

const tools: Readonly<Record<string, ToolDefinition>> = {
  search: { ...toolLimits, name: 'search', effect: 'pure', scope: 'search' },
  send: { ...toolLimits, name: 'send', effect: 'once', scope: 'send', approval: 'contract' },
};

export const storyTeam: TeamDefinition = {
  name: 'story',
  version: 1,
  agents: {
    writer: {
      ...agentLimits,
      name: 'writer',
      reads: [],
      writes: ['draft', 'notes', 'tags', 'score', 'tone'],
      tools: ['search'],
      scopes: ['search'],
      gates: ['quality', 'tone'],
    },
    closer: {
      ...agentLimits,
      name: 'closer',
      reads: ['draft'],
      writes: ['sent', 'notes', 'tags', 'score'],
      tools: ['send'],
      scopes: ['send'],
      gates: [],
    },
  },
  tools,
  approvals: { contract: { approvers: ['legal'], expiresMs: 10_000, escalateTo: [] } },
  context: {
    brief: { merge: 'reject', constraint: true },
    draft: { merge: 'reject', constraint: false },
    sent: { merge: 'lastWriterWins', constraint: false },
    notes: { merge: 'append', constraint: false },
    tags: { merge: 'union', constraint: false },
    score: { merge: 'add', constraint: false },
    tone: { merge: 'ownerOnly', owner: 'writer', constraint: false },
  },
  routes: { kind: 'graph', start: ['writer'], edges: [{ from: 'writer', to: 'closer' }] },
  budget: { tokensMax: 8_000, costMicrosMax: 16_000, latencyMsMax: 60_000, alertAt: 0.8 },
  limits: {
    backoffMs: 10,
    backoffMsMax: 100,
    handoffTimeoutMs: 100,
    handoffAttemptsMax: 2,
    gateTimeoutMs: 100,
    gateAttemptsMax: 2,
    repeatsMax: 3,
    exchangesMax: 3,
    watchLoops: 'off',
    eventsMax: 60,
  },
  nanosPerToken: 2_000,
  deliverables: ['sent'],
};
