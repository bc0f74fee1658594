// Sketches of teams for the steward's tests: plain definitions with everything but the point left at its default.
import type { AgentDefinition } from '../team/agent.ts';
import type { BudgetDefinition } from '../team/budget.ts';
import type { ContextKeyDefinition, MergePolicy } from '../team/context.ts';
import type { TeamDefinition, TeamLimits } from '../team/definition.ts';
import type { RouteDefinition } from '../team/route.ts';
import type { ToolDefinition } from '../team/tool.ts';

const plenty: BudgetDefinition = {
  tokensMax: 100_000,
  costMicrosMax: 1_000_000,
  latencyMsMax: 86_400_000,
  alertAt: 0.8,
};

const limits: TeamLimits = {
  backoffMs: 100,
  backoffMsMax: 1_000,
  handoffTimeoutMs: 1_000,
  handoffAttemptsMax: 3,
  gateTimeoutMs: 1_000,
  gateAttemptsMax: 2,
  repeatsMax: 3,
  exchangesMax: 2,
  watchLoops: 'off',
  eventsMax: 1_000,
};

export function agent(name: string, more: Partial<AgentDefinition> = {}): AgentDefinition {
  return {
    name,
    version: 1,
    responsibility: 'works',
    successCriteria: [],
    failureSignals: [],
    model: 'model',
    reads: [],
    writes: [],
    tools: [],
    scopes: more.tools ?? [],
    gates: [],
    confidenceMin: 0,
    escalateTo: [],
    budget: plenty,
    tokensPerCallMax: 1_000,
    timeoutMs: 10_000,
    attemptsMax: 3,
    turnsMax: 8,
    reworksMax: 2,
    visitsMax: 3,
    join: 'any',
    optional: false,
    ...more,
  };
}

export function tool(name: string, more: Partial<ToolDefinition> = {}): ToolDefinition {
  return {
    name,
    effect: 'pure',
    scope: name,
    timeoutMs: 1_000,
    attemptsMax: 3,
    factMs: 0,
    probe: false,
    ...more,
  };
}

export interface TeamSketch {
  readonly agents: readonly AgentDefinition[];
  readonly tools?: readonly ToolDefinition[];
  readonly approvals?: TeamDefinition['approvals'];
  readonly context?: Readonly<
    Record<string, MergePolicy | { readonly constraint: true } | { readonly owner: string }>
  >;
  /** A sequence of the agents when left out. */
  readonly routes?: RouteDefinition;
  readonly budget?: Partial<BudgetDefinition>;
  readonly limits?: Partial<TeamLimits>;
  readonly deliverables?: readonly string[];
}

export function team(sketch: TeamSketch): TeamDefinition {
  return {
    name: 'sketch',
    version: 1,
    agents: byName(sketch.agents),
    tools: byName(sketch.tools ?? []),
    approvals: sketch.approvals ?? {},
    context: contextOf(sketch.context ?? {}),
    routes: sketch.routes ?? sequence(sketch.agents.map(({ name }) => name)),
    budget: { ...plenty, ...sketch.budget },
    limits: { ...limits, ...sketch.limits },
    nanosPerToken: 2_000,
    deliverables: sketch.deliverables ?? [],
  };
}

/** A graph of `from->to` edges. */
export function graph(start: readonly string[], ...edges: readonly string[]): RouteDefinition {
  return {
    kind: 'graph',
    start,
    edges: edges.map((edge) => {
      const [from = '', to = ''] = edge.split('->');
      return { from, to };
    }),
  };
}

function sequence(names: readonly string[]): RouteDefinition {
  return graph(names.slice(0, 1), ...names.slice(1).map((to, index) => `${names[index]}->${to}`));
}

function contextOf(keys: NonNullable<TeamSketch['context']>): TeamDefinition['context'] {
  return Object.fromEntries(
    Object.entries(keys).map(([key, rule]): [string, ContextKeyDefinition] => {
      if (typeof rule === 'string') return [key, { merge: rule, constraint: false }];
      if ('owner' in rule) return [key, { merge: 'ownerOnly', constraint: false, owner: rule.owner }];
      return [key, { merge: 'reject', constraint: true }];
    }),
  );
}

function byName<T extends { readonly name: string }>(list: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(list.map((one) => [one.name, one]));
}
