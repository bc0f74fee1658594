// A mission: the task that a team is given.
import type { JsonObject } from '../base/json.ts';

export interface Mission {
  readonly id: string;
  readonly goal: string;
  /** What the first agents are handed. */
  readonly input: JsonObject;
  /** The context at version 1, before any agent has worked. */
  readonly context: JsonObject;
}

/** How a mission ends. Every end has a reason; none is silent. */
export type MissionEnd = 'done' | 'degraded' | 'escalated' | 'failed' | 'cancelled';
