// Arbitrary teams: a few agents on a sequence, a fan-out that joins again, or a router, with tools of every effect.
import fc from 'fast-check';
import type { Effect } from '../../team/tool.ts';
import { anyHandoffSequence } from './any-handoff-sequence.ts';

/** What a generated team is made from; small numbers make small teams. */
export interface TeamShape {
  readonly agents: readonly AgentShape[];
  readonly routes: 'sequence' | 'fanOut' | 'router';
  /** For routers: who is named, in turn. */
  readonly itinerary: readonly number[];
  readonly tokensMax: number;
  readonly repeatsMax: number;
  readonly latencyMsMax: number;
  /** New versions of agents that come out while the mission runs. */
  readonly releases: readonly ReleaseShape[];
}

export interface ReleaseShape {
  /** 0-based place of the agent. */
  readonly agent: number;
  readonly afterMs: number;
  readonly adopt: 'next' | 'now';
  /** Taken back after so many further milliseconds; 0 for never. */
  readonly backAfterMs: number;
}

export interface AgentShape {
  /** Of its tool; agents whose tool is `pure` share one tool, and ask it the same question first. */
  readonly effect: Effect | null;
  /** How it uses its tool: once, twice with other arguments, or twice in one turn. */
  readonly uses: 'once' | 'twice' | 'together';
  readonly approval: boolean;
  readonly gate: boolean;
  readonly optional: boolean;
  readonly unsure: boolean;
  /** Where work goes that fails, or that the agent is not sure of. */
  readonly escalates: 'nowhere' | 'toPerson' | 'toColleague';
  /** Writes the keys that all agents share, besides its own. */
  readonly shares: boolean;
  /** Finds a constraint that everybody must know. */
  readonly discovers: boolean;
  /** Asks its tool, if that finds facts, the same question with other noise until it is told to stop. */
  readonly circles: boolean;
}

const agentsMax = 5;

/** Shapes of two to five agents, with budgets drawn close to what they need; they shrink to two plain agents in sequence. */
export function anyTeamShape(): fc.Arbitrary<TeamShape> {
  const shape: fc.Arbitrary<TeamShape> = fc.record({
    // A filter in place of a least length: at its least length, a list no longer shrinks from its end.
    agents: fc.array(anyAgentShape(), { maxLength: agentsMax }).filter((list) => list.length >= 2),
    routes: fc.constantFrom<TeamShape['routes']>('sequence', 'fanOut', 'router', 'fanOut'),
    itinerary: anyHandoffSequence(agentsMax, 6),
    tokensMax: fc.constantFrom(1_000_000, 60_000, 30_000, 20_000, 14_000),
    repeatsMax: fc.constantFrom(3, 2),
    latencyMsMax: fc.constantFrom(14_400_000, 300_000),
    releases: fc.array(anyRelease(), { maxLength: 1 }),
  });
  // Not chained to the number of agents, so that the agents can shrink and leave the rest as it is.
  return shape.map((one) => {
    const there = (place: number): number => place % one.agents.length;
    return {
      ...one,
      itinerary: one.itinerary.map(there),
      releases: one.releases.map((release) => ({ ...release, agent: there(release.agent) })),
    };
  });
}

function anyRelease(): fc.Arbitrary<ReleaseShape> {
  return fc.record({
    agent: fc.integer({ min: 0, max: agentsMax - 1 }),
    afterMs: fc.constantFrom(1, 1_000, 5_000, 60_000),
    adopt: fc.constantFrom<ReleaseShape['adopt']>('next', 'now'),
    backAfterMs: fc.constantFrom(0, 3_000),
  });
}

function anyAgentShape(): fc.Arbitrary<AgentShape> {
  const seldom = fc.integer({ min: 0, max: 9 }).map((n) => n === 9);
  const agent: fc.Arbitrary<AgentShape> = fc.record({
    effect: fc.constantFrom<Effect | null>(null, 'pure', 'idempotent', 'once'),
    uses: fc.constantFrom<AgentShape['uses']>('once', 'twice', 'together'),
    approval: fc.boolean(),
    gate: fc.boolean(),
    optional: seldom,
    unsure: seldom,
    escalates: fc.constantFrom<AgentShape['escalates']>('nowhere', 'toPerson', 'toPerson', 'toColleague'),
    shares: fc.boolean(),
    discovers: seldom,
    circles: seldom,
  });
  // Without anybody to ask, an unsure agent would fail in every run, chaos or not.
  return agent.map((one) => (one.unsure ? { ...one, escalates: 'toPerson' } : one));
}
