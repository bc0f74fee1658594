// State: everything the steward knows of one mission. Plain JSON; `step` alone changes it.
import type { Json, JsonObject } from '../base/json.ts';
import type { AgentDefinition } from '../team/agent.ts';
import type { Answer, Reply, ToolCall, ToolExchange } from '../team/ask.ts';
import type { BudgetDefinition } from '../team/budget.ts';
import type { ContextEntry } from '../team/context.ts';
import type { TeamDefinition } from '../team/definition.ts';
import type { Handoff } from '../team/handoff.ts';
import type { Mission, MissionEnd } from '../team/mission.ts';
import type { Obligation } from './command.ts';

/** What a budget has seen: spent is billed, reserved is in flight, presumed is lost and counted as spent. */
export interface Ledger {
  limit: BudgetDefinition;
  tokensSpent: number;
  tokensReserved: number;
  tokensPresumed: number;
  alerted: boolean;
}

/** One tool call of the current turn. */
export interface OpenCall {
  readonly call: ToolCall;
  /** Tool and arguments, fingerprinted. */
  readonly fingerprint: string;
  /** `queued` waits for the outcome of the same effect, which is under way for another call. */
  status: 'waiting' | 'queued' | 'approving' | 'running' | 'probing' | 'settled';
  command: string | null;
  attempt: number;
  approval: string | null;
  result: Json;
  failed: boolean;
}

/** One piece of work given to one agent, from its handoff to its own. */
export interface Assignment {
  readonly id: string;
  readonly agent: string;
  readonly version: number;
  readonly visit: number;
  readonly input: JsonObject;
  readonly from: readonly string[];
  readonly startedAtMs: number;
  phase: 'granting' | 'asking' | 'usingTools' | 'gating' | 'confirming' | 'closed';
  turn: number;
  attempt: number;
  rework: number;
  gateAttempt: number;
  baseVersion: number;
  slice: JsonObject;
  feedback: string[];
  exchanges: ToolExchange[];
  calls: OpenCall[];
  credential: string | null;
  answer: Answer | null;
  reply: Reply | null;
  tokens: number;
  /** Fingerprint of the last rejected content, to see rework without progress. */
  lastContent: string;
  sameContent: number;
  /** How often each tool call (by fingerprint) was asked for in this assignment. */
  repeats: Repeat[];
}

export interface Credential {
  readonly id: string;
  readonly agent: string;
  readonly assignment: string;
  readonly scopes: readonly string[];
  status: 'granting' | 'live' | 'revoking' | 'revoked';
}

export interface Approval {
  /** Id of the request. */
  readonly id: string;
  readonly assignment: string;
  readonly subject: 'action' | 'output';
  readonly name: string;
  readonly call: string | null;
  readonly approvers: readonly string[];
  readonly expiresAtMs: number;
  readonly contextVersion: number;
  readonly fingerprint: string;
  readonly escalated: boolean;
  /** Answers that did not count, and outages. */
  tries: number;
  status: 'open' | 'approved' | 'used' | 'rejected' | 'expired' | 'outdated';
}

/** How often a tool call, by its fingerprint, was asked for. */
export interface Repeat {
  readonly id: string;
  times: number;
}

/** An agent that was seen in a loop. */
export interface Alarmed {
  /** The agent's name. */
  readonly id: string;
  /** What it is told when it is next asked something new; null once it was told. */
  advice: string | null;
}

/** The result of an effect, by its idempotency key. */
export interface Applied {
  readonly id: string;
  readonly result: Json;
}

/** A result of a pure tool that any agent may be served. */
export interface Fact {
  /** Fingerprint of tool and arguments. */
  readonly id: string;
  readonly tool: string;
  readonly result: Json;
  readonly foundBy: string;
  readonly atMs: number;
}

export interface StewardState {
  schemaVersion: 1;
  status: 'idle' | 'running' | 'paused' | 'closing' | 'ended';
  epoch: number;
  atMs: number;
  /** Events stepped so far; each has one audit entry. */
  events: number;
  /** Source of every id. */
  serial: number;
  mission: Mission | null;
  team: TeamDefinition | null;
  /** Published definitions by agent and version, and the version this mission is pinned to. */
  published: Record<string, Record<string, AgentDefinition>>;
  pins: Record<string, number>;
  startedAtMs: number;
  contextVersion: number;
  context: Record<string, ContextEntry>;
  assignments: Assignment[];
  visits: Record<string, number>;
  /** Payloads that wait at a joining agent, by receiver and sender. */
  joins: Record<string, Record<string, JsonObject>>;
  pending: Obligation[];
  /** Commands held back while the mission is paused. */
  held: string[];
  budget: Ledger | null;
  budgets: Record<string, Ledger>;
  credentials: Credential[];
  approvals: Approval[];
  facts: Fact[];
  /** Results of keyed tool calls, so that a repeated call is served and not repeated. */
  applied: Applied[];
  /** Handoffs on each pair of agents since the last commit that changed the context. */
  exchanges: Record<string, number>;
  /** Agents that were seen in a loop, other than by the guard's own counts. */
  alarmed: Alarmed[];
  handoffs: Handoff[];
  degraded: string[];
  ignored: number;
  end: MissionEnd | null;
  reason: string;
}

/** The state before anything has happened. */
export function initialState(): StewardState {
  return {
    schemaVersion: 1,
    status: 'idle',
    epoch: 1,
    atMs: 0,
    events: 0,
    serial: 0,
    mission: null,
    team: null,
    published: {},
    pins: {},
    startedAtMs: 0,
    contextVersion: 0,
    context: {},
    assignments: [],
    visits: {},
    joins: {},
    pending: [],
    held: [],
    budget: null,
    budgets: {},
    credentials: [],
    approvals: [],
    facts: [],
    applied: [],
    exchanges: {},
    alarmed: [],
    handoffs: [],
    degraded: [],
    ignored: 0,
    end: null,
    reason: '',
  };
}
