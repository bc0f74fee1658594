// The team that a generated shape describes.
import { z } from 'zod';
import type { AgentContract, RouteContract, ToolContract } from '../../team/contract.ts';
import { defineTeam, type Team } from '../../team/team.ts';
import type { AgentShape, TeamShape } from './any-team.ts';

/** Its agents are called `a1`, `a2`, … and a router `router`; `look` is the tool that finds facts for all of them. */
export function teamOfShape(shape: TeamShape): Team {
  const names = namesOf(shape);
  return defineTeam({
    name: `${shape.routes}-of-${names.length}`,
    agents: shape.routes === 'router' ? [routerOf(), ...agentsOf(shape, names)] : agentsOf(shape, names),
    tools: toolsOf(shape, names),
    gates: { marked: ({ payload }) => (payload['marked'] === true ? null : 'Mark the work.') },
    approvals: { release: { approvers: ['owner'], expiresMs: 600_000, escalateTo: ['deputy'] } },
    context: {
      shared: { schema: z.array(z.string()), merge: 'union' },
      latest: { schema: z.string() },
      notice: { schema: z.string(), merge: 'lastWriterWins', constraint: true },
      ...Object.fromEntries(names.map((name) => [`done-${name}`, { schema: z.string() }])),
    },
    routes: routesOf(shape, names),
    budget: { tokensMax: shape.tokensMax, latencyMsMax: shape.latencyMsMax },
    limits: { repeatsMax: shape.repeatsMax, watchLoops: shape.agents.some(isCircling) ? 'on' : 'off' },
    deliverables: deliverablesOf(shape),
  });
}

/** Without the word of everybody who is to work on it, a mission is not done; optional agents may fail. */
function deliverablesOf(shape: TeamShape): readonly string[] {
  const places = shape.routes === 'router' ? shape.itinerary : shape.agents.map((_, index) => index);
  const needed = places.filter((place) => shape.agents[place]?.optional === false);
  return [...new Set(needed)].map((place) => `done-a${place + 1}`);
}

/** Whether an agent goes round until it is told. */
export function isCircling({ circles, effect }: AgentShape): boolean {
  return circles && effect === 'pure';
}

/** The name of the tool that an agent uses; null when it uses none. */
export function toolNameOf(agent: AgentShape, name: string): string | null {
  if (agent.effect === null) return null;
  return agent.effect === 'pure' ? 'look' : `tool-${name}`;
}

function namesOf(shape: TeamShape): readonly string[] {
  return shape.agents.map((_, index) => `a${index + 1}`);
}

function agentsOf(shape: TeamShape, names: readonly string[]): readonly AgentContract[] {
  const joins = shape.routes === 'fanOut' && names.length > 2;
  return shape.agents.map((agent, index): AgentContract => {
    const name = names[index] as string;
    const tool = toolNameOf(agent, name);
    const colleague = names[(index + 1) % names.length] as string;
    return {
      name,
      responsibility: `does the part of ${name}`,
      instructions: `You are ${name}.`,
      input: z.record(z.string(), z.unknown()),
      output: z.object({
        by: z.literal(name),
        marked: z.boolean().optional(),
        failed: z.boolean().optional(),
      }),
      reads: agent.shares ? ['shared', 'latest'] : ['shared'],
      writes: [
        `done-${name}`,
        ...(agent.shares ? ['shared', 'latest'] : []),
        ...(agent.discovers ? ['notice'] : []),
      ],
      tools: tool === null ? [] : [tool],
      gates: agent.gate ? ['marked'] : [],
      confidenceMin: 0.5,
      escalateTo: { nowhere: [], toPerson: ['human:owner'], toColleague: [colleague] }[agent.escalates],
      optional: agent.optional,
      visitsMax: 8,
      turnsMax: 12,
      join: joins && index === names.length - 1 ? 'all' : 'any',
    };
  });
}

function routerOf(): AgentContract {
  const any = z.record(z.string(), z.unknown());
  return {
    name: 'router',
    responsibility: 'says who is next',
    instructions: 'You route.',
    input: any,
    output: z.object({ by: z.literal('router') }),
    visitsMax: 12,
  };
}

function toolsOf(shape: TeamShape, names: readonly string[]): Readonly<Record<string, ToolContract>> {
  const tools: Record<string, ToolContract> = {};
  for (const [index, agent] of shape.agents.entries()) {
    const tool = toolNameOf(agent, names[index] as string);
    if (tool !== null) tools[tool] = toolOf(agent);
  }
  return tools;
}

function toolOf(agent: AgentShape): ToolContract {
  const effect = agent.effect ?? 'pure';
  return {
    description: 'does it',
    arguments: z.object({ by: z.string(), part: z.number() }),
    effect,
    probe: effect === 'once',
    factMs: effect === 'pure' ? 3_600_000 : 0,
    ...(agent.approval && effect === 'once' ? { approval: 'release' } : {}),
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
