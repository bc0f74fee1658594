// Arbitrary trials: a team, its mission, a plan of chaos that names its agents, and an order of what happens at once.
import fc from 'fast-check';
import type { Injection, Plan } from '../../chaos/plan.ts';
import type { Subject } from '../../engine/run.ts';
import { stewardTeam, type StewardTeamParts } from '../../subject/steward-team.ts';
import type { AgentDefinition } from '../../team/agent.ts';
import type { Mission } from '../../team/mission.ts';
import type { Team } from '../../team/team.ts';
import type { Trace } from '../../trace/trace.ts';
import { anyMission } from './any-mission.ts';
import { anyPlan } from './any-plan.ts';
import { anyTeamShape, type TeamShape } from './any-team.ts';
import { doublesOfShape } from './shape-doubles.ts';
import { teamOfShape } from './shape-team.ts';

export interface TrialShape {
  readonly shape: TeamShape;
  readonly mission: Mission;
  readonly plan: Plan;
  readonly schedule: number;
}

/** Trials of one to `faultsMax` injections. Nothing is chained, so that team and plan shrink independently. */
export function anyTrial(faultsMax: number): fc.Arbitrary<TrialShape> {
  return fc
    .record({
      shape: anyTeamShape(),
      mission: anyMission(),
      plan: anyPlan({ faultsMax, agents: ['a1', 'a2', 'a3', 'a4', 'a5', 'router'] }),
      schedule: fc.integer({ min: 0, max: 999 }),
    })
    .map((trial) => ({ ...trial, plan: withoutBlindYes(aimedAt(trial.shape, trial.plan)) }));
}

/** A person who says yes to work that failed is obeyed, and the result then differs by right: here such people say no. */
function withoutBlindYes(plan: Plan): Plan {
  const injections = plan.injections.map((injection): Injection => {
    if (injection.fault.kind !== 'approval.forceVerdict') return injection;
    return { ...injection, fault: { ...injection.fault, decision: 'reject' } };
  });
  return { ...plan, injections };
}

/** Scopes name agents that this team has. */
function aimedAt(shape: TeamShape, plan: Plan): Plan {
  const injections = plan.injections.map(({ scope, ...everywhere }): Injection => {
    const [named] = scope?.agents ?? [];
    if (named === undefined || (named === 'router' && shape.routes !== 'router')) return everywhere;
    const place = (Number(named.slice(1)) - 1) % shape.agents.length;
    return { ...everywhere, scope: { agents: [named === 'router' ? named : `a${place + 1}`] } };
  });
  return { ...plan, injections };
}

/**
 * A generated team as a subject. What must be as in the control: who has done its part, and every effect that took place.
 * Where a colleague may take over, it is right that somebody else has done it, and nothing is asked.
 */
export function subjectOfShape(shape: TeamShape): Subject {
  const team = teamOfShape(shape);
  const takenOver = shape.agents.some((agent) => agent.escalates === 'toColleague');
  return stewardTeam({
    team,
    doubles: doublesOfShape(shape),
    outside: releasesOf(shape, team),
    essence: takenOver ? () => null : whatWasDone,
  });
}

/** The new version differs in what it may try, and not in what it does. */
function releasesOf({ releases }: TeamShape, team: Team): NonNullable<StewardTeamParts['outside']> {
  return releases.flatMap(({ agent, afterMs, adopt, backAfterMs }) => {
    const { version, ...first } = team.definition.agents[`a${agent + 1}`] as AgentDefinition;
    const definition: AgentDefinition = { ...first, version: version + 1, attemptsMax: 3 };
    const published = { afterMs, event: { kind: 'agent.published', atMs: 0, definition, adopt } } as const;
    if (backAfterMs === 0) return [published];
    const back = { kind: 'agent.rolledBack', atMs: 0, agent: first.name, version, adopt } as const;
    return [published, { afterMs: afterMs + backAfterMs, event: back }];
  });
}

function whatWasDone(trace: Trace): readonly string[] {
  const done = Object.keys(trace.result ?? {}).filter((key) => key.startsWith('done-'));
  for (const event of trace.events)
    if (event.kind === 'tool.applied' && event.effect !== 'pure')
      done.push(`${event.tool} ${JSON.stringify(event.arguments['part'])}`);
  return done.sort();
}
