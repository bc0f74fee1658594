// The steward's own team as a subject: simulated, in virtual time.
import type { Json } from '../base/json.ts';
import { simulate, type Simulated } from '../engine/sim.ts';
import type { Subject } from '../engine/run.ts';
import type { Doubles } from '../llm/double.ts';
import type { Team } from '../team/team.ts';
import type { Trace } from '../trace/trace.ts';

export interface StewardTeamParts {
  readonly team: Team;
  readonly doubles: Doubles;
  /**
   * What must equal the fault-free control: keys of the final context, or a function of the trace, which can also see
   * what took effect in the world. All deliverables when left out.
   */
  readonly essence?: readonly string[] | ((trace: Trace) => unknown);
  /** What people and systems outside do in every run, so many milliseconds after the mission's start. */
  readonly outside?: Simulated['outside'];
  /** Name in reports; the team's own when left out. */
  readonly name?: string;
}

/** A subject that runs the team under the reference steward. */
export function stewardTeam({ team, doubles, essence, name, outside = [] }: StewardTeamParts): Subject {
  const keys = essence ?? team.definition.deliverables;
  return {
    name: name ?? team.definition.name,
    agents: Object.keys(team.definition.agents),
    tools: Object.keys(team.definition.tools),
    run: (plan) => simulate({ team, doubles, plan, outside }),
    essence:
      typeof keys === 'function' ? keys : (trace) => keys.map((key): Json => trace.result?.[key] ?? null),
  };
}
