// A trace: all that happened in one run. The waist that every check, measure and report reads.
import type { JsonObject } from '../base/json.ts';
import type { TeamDefinition } from '../team/definition.ts';
import type { Mission } from '../team/mission.ts';
import type { StewardState } from '../steward/state.ts';
import type { AuditLine } from './audit.ts';
import type { TraceEvent } from './event.ts';

export interface Trace {
  readonly schemaVersion: 1;
  /** Name of the team under test. */
  readonly subject: string;
  readonly mission: Mission;
  /** Null for teams that are not the steward's: what needs it is then unknown, never held. */
  readonly team: TeamDefinition | null;
  readonly seed: number;
  readonly startedAtMs: number;
  /** `wall`: times are the machine's own, and no two runs have the same; absent: they are virtual. */
  readonly clock?: 'wall';
  readonly events: readonly TraceEvent[];
  /** What the team says it achieved, as the team itself tells it; null when it never said. */
  readonly result: JsonObject | null;
  /** The audit trail, one line an event of the journal, sealed once it was kept; null for teams without a steward. */
  readonly audit: readonly AuditLine[] | null;
  /** The steward's last state; null for teams without a steward. */
  readonly state: StewardState | null;
}
