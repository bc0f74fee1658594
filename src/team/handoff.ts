// A handoff: the typed envelope in which one agent passes its work to the next.
import type { JsonObject } from '../base/json.ts';

export interface Handoff {
  readonly id: string;
  readonly mission: string;
  readonly from: string;
  readonly fromVersion: number;
  readonly to: string;
  readonly payload: JsonObject;
  /** Stated by the sender, 0 to 1. */
  readonly confidence: number;
  readonly flags: readonly string[];
  /** The context version at which the sender's work was committed. */
  readonly contextVersion: number;
  /** Tokens that the sender spent on this assignment. */
  readonly tokens: number;
  readonly startedAtMs: number;
  readonly sentAtMs: number;
}
