// The desk: what one step works on, and the agenda of what is still to be decided within it.
import type { JsonObject } from '../base/json.ts';
import type { AgentDefinition } from '../team/agent.ts';
import type { TeamDefinition } from '../team/definition.ts';
import type { MissionEnd } from '../team/mission.ts';
import type { Command, Obligation } from './command.ts';
import type { Note } from './note.ts';
import type { Assignment, StewardState } from './state.ts';
import { dropPending, putPending } from './pending.ts';

/** Decisions that follow from one event. They queue up instead of calling each other, so that parts stay apart. */
export type Task =
  | {
      readonly kind: 'begin';
      readonly agent: string;
      readonly input: JsonObject;
      readonly from: readonly string[];
    }
  | { readonly kind: 'ask'; readonly assignment: Assignment }
  | { readonly kind: 'useTools'; readonly assignment: Assignment }
  | { readonly kind: 'continueTools'; readonly assignment: Assignment }
  | { readonly kind: 'gate'; readonly assignment: Assignment }
  | { readonly kind: 'conclude'; readonly assignment: Assignment }
  | { readonly kind: 'commit'; readonly assignment: Assignment }
  | { readonly kind: 'rework'; readonly assignment: Assignment; readonly feedback: readonly string[] }
  | {
      readonly kind: 'route';
      readonly agent: string;
      readonly assignment: Assignment;
      readonly payload: JsonObject;
    }
  | { readonly kind: 'fail'; readonly assignment: Assignment; readonly reason: string }
  | { readonly kind: 'end'; readonly end: MissionEnd; readonly reason: string };

export interface Desk {
  readonly state: StewardState;
  readonly commands: Command[];
  readonly notes: Note[];
  readonly agenda: Task[];
}

/** The team of a mission that has started. */
export function teamOf(state: StewardState): TeamDefinition {
  return state.team as TeamDefinition;
}

/** The definition that an assignment was started with. */
export function definitionOf(state: StewardState, agent: string, version: number): AgentDefinition {
  return state.published[agent]?.[version] as AgentDefinition;
}

/** A new id: unique in the mission and the same in every replay. */
export function mint(desk: Desk, prefix: string): string {
  desk.state.serial += 1;
  return prefix + desk.state.serial;
}

/** Makes a command an obligation, and dispatches it unless the mission is paused. */
export function issue(desk: Desk, obligation: Obligation): void {
  putPending(desk.state, obligation);
  if (desk.state.status === 'paused') desk.state.held.push(obligation.id);
  else desk.commands.push(obligation);
}

/** Gives up on a command: an answer that still comes is late. */
export function abandon(desk: Desk, id: string): void {
  if (dropPending(desk.state, id)) desk.commands.push({ kind: 'run.cancel', id });
}

/** True while the mission takes on new work. */
export function isOpen(state: StewardState): boolean {
  return state.status === 'running' || state.status === 'paused';
}
