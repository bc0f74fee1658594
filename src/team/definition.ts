// A team as plain data: what travels in events, is versioned, and decides without any code.
import type { AgentDefinition } from './agent.ts';
import type { ApprovalDefinition } from './approval.ts';
import type { BudgetDefinition } from './budget.ts';
import type { ContextKeyDefinition } from './context.ts';
import type { RouteDefinition } from './route.ts';
import type { ToolDefinition } from './tool.ts';

/** Waits and bounds that hold for every agent of a team; times in milliseconds. */
export interface TeamLimits {
  readonly backoffMs: number;
  readonly backoffMsMax: number;
  readonly handoffTimeoutMs: number;
  readonly handoffAttemptsMax: number;
  readonly gateTimeoutMs: number;
  readonly gateAttemptsMax: number;
  /** Identical tool calls, or identical outputs, of one agent before the loop guard steps in. */
  readonly repeatsMax: number;
  /** Handoffs back and forth on one pair of agents without any commit in between. */
  readonly exchangesMax: number;
  /** Whether the run is watched for loops that no exact count sees (`src/loop`), and the steward told of each. */
  readonly watchLoops: 'off' | 'on';
  readonly eventsMax: number;
}

export interface TeamDefinition {
  readonly name: string;
  readonly version: number;
  readonly agents: Readonly<Record<string, AgentDefinition>>;
  readonly tools: Readonly<Record<string, ToolDefinition>>;
  readonly approvals: Readonly<Record<string, ApprovalDefinition>>;
  readonly context: Readonly<Record<string, ContextKeyDefinition>>;
  readonly routes: RouteDefinition;
  readonly budget: BudgetDefinition;
  readonly limits: TeamLimits;
  /** Price of a token in nano-dollars, so that cost stays an integer of micro-dollars after rounding up. */
  readonly nanosPerToken: number;
  /** Context keys without which a mission cannot end as done. */
  readonly deliverables: readonly string[];
}
