// A team: its definition (plain data) together with the code behind its names: schemas, gates, prompts.
import { z } from 'zod';
import { MusterError } from '../base/muster-error.ts';
import type { JsonObject } from '../base/json.ts';
import type { AgentDefinition } from './agent.ts';
import type { ApprovalDefinition } from './approval.ts';
import type { ToolOffer } from './ask.ts';
import type { BudgetDefinition } from './budget.ts';
import type { ContextKeyDefinition } from './context.ts';
import type { AgentContract, QualityGate, RouteContract, TeamContract, ToolContract } from './contract.ts';
import type { TeamDefinition, TeamLimits } from './definition.ts';
import type { RouteDefinition } from './route.ts';
import type { ToolDefinition } from './tool.ts';
import { checkReferences } from './references.ts';

export interface Team {
  readonly definition: TeamDefinition;
  readonly agents: Readonly<Record<string, AgentContract>>;
  readonly gates: Readonly<Record<string, QualityGate>>;
  /** Schema of an agent's whole answer: payload, context patch, confidence, flags, next. */
  readonly answers: Readonly<Record<string, z.ZodType>>;
  readonly answerSchemas: Readonly<Record<string, JsonObject>>;
  readonly offers: Readonly<Record<string, readonly ToolOffer[]>>;
}

const noBudget: BudgetDefinition = {
  tokensMax: 1_000_000,
  costMicrosMax: 1_000_000_000,
  latencyMsMax: 86_400_000,
  alertAt: 0.8,
};

const everydayLimits: TeamLimits = {
  backoffMs: 500,
  backoffMsMax: 60_000,
  handoffTimeoutMs: 5_000,
  handoffAttemptsMax: 4,
  gateTimeoutMs: 10_000,
  gateAttemptsMax: 3,
  repeatsMax: 3,
  exchangesMax: 3,
  watchLoops: 'off',
  eventsMax: 2_000,
};

/** Completes and checks a team contract. Throws `MusterError` (`TEAM_*`) where a name leads nowhere. */
export function defineTeam(contract: TeamContract): Team {
  const definition: TeamDefinition = {
    name: contract.name,
    version: contract.version ?? 1,
    agents: keyed(contract.agents.map((agent) => agentDefinition(agent, contract))),
    tools: mapped(contract.tools ?? {}, toolDefinition),
    approvals: mapped(contract.approvals ?? {}, (_name, approval): ApprovalDefinition => ({
      approvers: [],
      expiresMs: 3_600_000,
      escalateTo: [],
      ...approval,
    })),
    context: mapped(contract.context ?? {}, (_name, key): ContextKeyDefinition => ({
      merge: key.merge ?? 'reject',
      constraint: key.constraint ?? false,
      ...(key.owner === undefined ? {} : { owner: key.owner }),
    })),
    routes: routeDefinition(contract.routes),
    budget: { ...noBudget, ...contract.budget },
    limits: { ...everydayLimits, ...contract.limits },
    nanosPerToken: contract.nanosPerToken ?? 2_000,
    deliverables: contract.deliverables ?? [],
  };
  checkReferences(contract, definition);
  const agents: Record<string, AgentContract> = {};
  const answers: Record<string, z.ZodType> = {};
  const answerSchemas: Record<string, JsonObject> = {};
  const offers: Record<string, readonly ToolOffer[]> = {};
  for (const agent of contract.agents) {
    agents[agent.name] = agent;
    answers[agent.name] = answerSchema(agent, contract);
    answerSchemas[agent.name] = z.toJSONSchema(answers[agent.name]!, {
      unrepresentable: 'any',
    }) as JsonObject;
    offers[agent.name] = (agent.tools ?? []).map((name) => toolOffer(name, contract.tools?.[name]));
  }
  return { definition, agents, gates: contract.gates ?? {}, answers, answerSchemas, offers };
}

/** One agent's contract completed by its team's defaults; also used to publish a new version of an agent. */
export function agentDefinition(agent: AgentContract, team: TeamContract): AgentDefinition {
  const plain = without(agent, ['instructions', 'input', 'output']);
  return {
    version: 1,
    successCriteria: [],
    failureSignals: [],
    model: 'model',
    scopes: (agent.tools ?? []).map((tool) => team.tools?.[tool]?.scope ?? tool),
    confidenceMin: 0,
    escalateTo: [],
    tokensPerCallMax: 4_000,
    timeoutMs: 30_000,
    attemptsMax: 4,
    turnsMax: 6,
    reworksMax: 2,
    visitsMax: 3,
    join: 'any',
    optional: false,
    ...plain,
    reads: agent.reads ?? [],
    writes: agent.writes ?? [],
    tools: agent.tools ?? [],
    gates: agent.gates ?? [],
    budget: { ...noBudget, ...team.budget, ...agent.budget },
  };
}

function toolDefinition(name: string, tool: ToolContract): ToolDefinition {
  const plain = without(tool, ['description', 'arguments']);
  return {
    name,
    effect: 'pure',
    scope: name,
    timeoutMs: 10_000,
    attemptsMax: 3,
    factMs: 0,
    probe: false,
    ...plain,
  };
}

/** The contract without its code: what is left is plain data. */
function without<T extends object, K extends keyof T>(contract: T, code: readonly K[]): Omit<T, K> {
  const plain = { ...contract };
  for (const key of code) delete plain[key];
  return plain;
}

function routeDefinition(routes: RouteContract): RouteDefinition {
  if (routes.kind !== 'sequence') return routes;
  const edges = routes.agents.slice(1).map((to, index) => ({ from: routes.agents[index] as string, to }));
  return { kind: 'graph', start: routes.agents.slice(0, 1), edges };
}

function answerSchema(agent: AgentContract, team: TeamContract): z.ZodType {
  const patch: Record<string, z.ZodType> = {};
  for (const key of agent.writes ?? []) {
    const schema = team.context?.[key]?.schema;
    if (schema !== undefined) patch[key] = schema.optional();
  }
  return z.object({
    payload: agent.output,
    context: z.strictObject(patch).default({}),
    confidence: z.number().min(0).max(1),
    flags: z.array(z.string()).default([]),
    next: z.string().optional(),
  });
}

function toolOffer(name: string, tool: ToolContract | undefined): ToolOffer {
  if (tool === undefined) {
    throw new MusterError({
      code: 'TEAM_UNKNOWN_TOOL',
      message: 'an agent lists a tool that the team has not got',
      value: name,
    });
  }
  return {
    name,
    description: tool.description,
    parameters: z.toJSONSchema(tool.arguments, { unrepresentable: 'any' }) as JsonObject,
  };
}

function keyed(agents: readonly AgentDefinition[]): Record<string, AgentDefinition> {
  return Object.fromEntries(agents.map((agent) => [agent.name, agent]));
}

function mapped<From, To>(
  from: Readonly<Record<string, From>>,
  map: (name: string, value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, map(name, value)]));
}
