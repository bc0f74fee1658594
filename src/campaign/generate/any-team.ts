// Arbitrary teams: a few agents on a sequence, a fan-out that joins again, or a router, with tools of every effect.
import fc from 'fast-check';
import { z } from 'zod';
import type { Effect } from '../../team/tool.ts';
import type { AgentContract, RouteContract, ToolContract } from '../../team/contract.ts';
import { defineTeam, type Team } from '../../team/team.ts';
import { anyHandoffSequence } from './any-handoff-sequence.ts';

/** What a generated team is made from; small numbers make small teams. */
export interface TeamShape {
  readonly agents: readonly AgentShape[];
  readonly routes: 'sequence' | 'fanOut' | 'router';
  /** For routers: who is named, in turn. */
  readonly itinerary: readonly number[];
  readonly tokensMax: number;
  readonly repeatsMax: number;
}

export interface AgentShape {
  readonly effect: Effect | null;
  readonly approval: boolean;
  readonly gate: boolean;
  readonly optional: boolean;
  readonly unsure: boolean;
  /** Writes the key that all agents share, besides its own. */
  readonly shares: boolean;
}

/** Shapes of two to five agents, with budgets drawn close to what they need. */
export function anyTeamShape(): fc.Arbitrary<TeamShape> {
  const agent: fc.Arbitrary<AgentShape> = fc.record({
    effect: fc.constantFrom<Effect | null>(null, 'pure', 'idempotent', 'once'),
    approval: fc.boolean(),
    gate: fc.boolean(),
    optional: fc.integer({ min: 0, max: 9 }).map((n) => n === 9),
    unsure: fc.integer({ min: 0, max: 9 }).map((n) => n === 9),
    shares: fc.boolean(),
  });
  return fc.array(agent, { minLength: 2, maxLength: 5 }).chain((agents) =>
    fc.record({
      agents: fc.constant(agents),
      routes: fc.constantFrom<TeamShape['routes']>('sequence', 'fanOut', 'router'),
      itinerary: anyHandoffSequence(agents.length, 6),
      tokensMax: fc.constantFrom(1_000_000, 60_000, 20_000),
      repeatsMax: fc.constantFrom(3, 2),
    }),
  );
}

/** The team that a shape describes. Its agents are called `a1`, `a2`, … and a router `router`. */
export function teamOfShape(shape: TeamShape): Team {
  const names = shape.agents.map((_, index) => `a${index + 1}`);
  const agents = shape.agents.map((agent, index) => agentOf(agent, names[index] as string));
  const tools = Object.fromEntries(
    shape.agents.flatMap((agent, index) =>
      agent.effect === null ? [] : [[`tool-${names[index]}`, toolOf(agent)] as const],
    ),
  );
  const joining = shape.routes === 'fanOut' && names.length > 2;
  return defineTeam({
    name: `${shape.routes}-of-${names.length}`,
    agents:
      shape.routes === 'router'
        ? [routerOf(), ...agents]
        : agents.map((agent, index) =>
            joining && index === names.length - 1 ? { ...agent, join: 'all' as const } : agent,
          ),
    tools,
    gates: { marked: ({ payload }) => (payload['marked'] === true ? null : 'Mark the work.') },
    approvals: { release: { approvers: ['owner'], expiresMs: 600_000, escalateTo: ['deputy'] } },
    context: {
      shared: { schema: z.array(z.string()), merge: 'union' },
      latest: { schema: z.string() },
      ...Object.fromEntries(names.map((name) => [`done-${name}`, { schema: z.string() }])),
    },
    routes: routesOf(shape, names),
    budget: { tokensMax: shape.tokensMax, latencyMsMax: 14_400_000 },
    limits: { repeatsMax: shape.repeatsMax },
  });
}

function agentOf(shape: AgentShape, name: string): AgentContract {
  return {
    name,
    responsibility: `does the part of ${name}`,
    instructions: `You are ${name}.`,
    input: z.record(z.string(), z.unknown()),
    output: z.object({ by: z.string(), marked: z.boolean().optional() }),
    reads: shape.shares ? ['shared', 'latest'] : ['shared'],
    writes: shape.shares ? [`done-${name}`, 'shared', 'latest'] : [`done-${name}`],
    tools: shape.effect === null ? [] : [`tool-${name}`],
    gates: shape.gate ? ['marked'] : [],
    confidenceMin: 0.5,
    escalateTo: shape.unsure ? ['human:owner'] : [],
    optional: shape.optional,
    visitsMax: 8,
  };
}

function routerOf(): AgentContract {
  const any = z.record(z.string(), z.unknown());
  return {
    name: 'router',
    responsibility: 'says who is next',
    instructions: 'You route.',
    input: any,
    output: z.object({ by: z.string() }),
    visitsMax: 12,
  };
}

function toolOf(shape: AgentShape): ToolContract {
  const effect = shape.effect ?? 'pure';
  const approved = shape.approval && effect === 'once' ? { approval: 'release' } : {};
  return {
    description: 'does it',
    arguments: z.object({ by: z.string() }),
    effect,
    probe: effect === 'once',
    factMs: effect === 'pure' ? 3_600_000 : 0,
    ...approved,
  };
}

function routesOf(shape: TeamShape, names: readonly string[]): RouteContract {
  if (shape.routes === 'router') return { kind: 'router', router: 'router', agents: names };
  if (shape.routes === 'sequence' || names.length < 3) return { kind: 'sequence', agents: names };
  const [first, last] = [names[0] as string, names.at(-1) as string];
  const middle = names.slice(1, -1);
  return {
    kind: 'graph',
    start: [first],
    edges: middle.flatMap((name) => [
      { from: first, to: name },
      { from: name, to: last },
    ]),
  };
}
