// Contracts: how a user writes a team down, schemas and gates included.
import type { z } from 'zod';
import type { Json, JsonObject } from '../base/json.ts';
import type { AgentDefinition } from './agent.ts';
import type { ApprovalDefinition } from './approval.ts';
import type { BudgetDefinition } from './budget.ts';
import type { MergePolicy } from './context.ts';
import type { TeamLimits } from './definition.ts';
import type { RouteDefinition } from './route.ts';
import type { ToolDefinition } from './tool.ts';

/** A role contract as its author writes it. What is left out takes the defaults of `defineTeam`. */
export interface AgentContract extends Partial<
  Omit<AgentDefinition, 'name' | 'reads' | 'writes' | 'tools' | 'gates' | 'budget'>
> {
  readonly name: string;
  readonly responsibility: string;
  /** The system prompt. */
  readonly instructions: string;
  /** What a handoff to this agent must hold. Pure, as all schemas here: the same value, the same verdict. */
  readonly input: z.ZodType;
  /** What this agent's own handoff holds. */
  readonly output: z.ZodType;
  readonly reads?: readonly string[];
  readonly writes?: readonly string[];
  readonly tools?: readonly string[];
  readonly gates?: readonly string[];
  readonly budget?: Partial<BudgetDefinition>;
}

export interface ToolContract extends Partial<Omit<ToolDefinition, 'name'>> {
  readonly description: string;
  readonly arguments: z.ZodType;
}

export interface ContextKeyContract {
  readonly schema: z.ZodType;
  readonly merge?: MergePolicy;
  readonly owner?: string;
  readonly constraint?: true;
}

/** What a quality gate judges. */
export interface GateSubject {
  readonly agent: string;
  readonly payload: JsonObject;
  readonly patch: JsonObject;
  readonly input: JsonObject;
  readonly slice: JsonObject;
  readonly toolResults: readonly { readonly tool: string; readonly result: Json; readonly failed: boolean }[];
  readonly atMs: number;
}

/** Null when the work passes, else what the agent must do better. Pure. */
export type QualityGate = (subject: GateSubject) => string | null;

export interface TeamContract {
  readonly name: string;
  readonly version?: number;
  readonly agents: readonly AgentContract[];
  readonly tools?: Readonly<Record<string, ToolContract>>;
  readonly gates?: Readonly<Record<string, QualityGate>>;
  readonly approvals?: Readonly<Record<string, Partial<ApprovalDefinition>>>;
  readonly context?: Readonly<Record<string, ContextKeyContract>>;
  readonly routes: RouteContract;
  readonly budget?: Partial<BudgetDefinition>;
  readonly limits?: Partial<TeamLimits>;
  readonly nanosPerToken?: number;
  readonly deliverables?: readonly string[];
}

/** A sequence is written as the list of its agents. */
export type RouteContract =
  | RouteDefinition
  | { readonly kind: 'sequence'; readonly agents: readonly string[] };
