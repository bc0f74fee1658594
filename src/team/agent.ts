// An agent: a role contract with one responsibility, what it may read, write and use, and when it must ask for help.
import type { BudgetDefinition } from './budget.ts';

/** The part of a role contract that the steward decides by: plain data. */
export interface AgentDefinition {
  readonly name: string;
  readonly version: number;
  readonly responsibility: string;
  readonly successCriteria: readonly string[];
  readonly failureSignals: readonly string[];
  readonly model: string;
  /** Context keys that the agent sees, and those that it may write. Constraints are always seen. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly tools: readonly string[];
  readonly scopes: readonly string[];
  /** Quality gates that the agent's output must pass, in order; the schema is always checked first. */
  readonly gates: readonly string[];
  /** Stated confidence (0 to 1) below which the output is escalated. */
  readonly confidenceMin: number;
  /** Names of agents, or `human:<role>`, asked in turn. */
  readonly escalateTo: readonly string[];
  readonly budget: BudgetDefinition;
  /** Tokens reserved for one model call before it is dispatched. */
  readonly tokensPerCallMax: number;
  readonly timeoutMs: number;
  /** Model calls for one turn, first and retries together. */
  readonly attemptsMax: number;
  /** Turns (model calls that were answered) in one assignment. */
  readonly turnsMax: number;
  readonly reworksMax: number;
  /** How often the agent may be assigned in one mission. */
  readonly visitsMax: number;
  /** `all` waits for a handoff from every sender, `any` starts on each. */
  readonly join: 'any' | 'all';
  /** A mission goes on without an optional agent that failed, and ends degraded. */
  readonly optional: boolean;
}
