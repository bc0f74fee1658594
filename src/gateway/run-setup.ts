// The setup of a run of the gateway: what it is given when it begins.
import type { Plan } from '../chaos/plan.ts';
import type { RepeatedAsks } from '../llm/ask-book.ts';
import type { Attribution } from '../llm/attribution.ts';
import type { ModelDouble } from '../llm/double.ts';
import type { HandoffSigns } from '../subject/handoff-sign.ts';
import type { Mission } from '../team/mission.ts';
import type { TraceEvent } from '../trace/event.ts';

/** What whoever watches says of an event: null to go on, a note for the journal, or that no further call is answered. */
export type WatchVerdict = null | { readonly kind: 'alarm' | 'stop'; readonly message: string };

/** All that a run is given when it begins. */
export interface RunSetup {
  /** What answers in a provider's place. */
  readonly model: ModelDouble;
  readonly seed: number;
  /** Names of the team's agents, as far as they are known: for plans, and for handoffs by transfer tools. */
  readonly agents: readonly string[];
  readonly attribution: Attribution;
  readonly chaos: Plan | null;
  readonly handoffs: HandoffSigns;
  readonly repeatedAsks: RepeatedAsks;
  readonly mission: Mission | null;
  /** Starts a watch over the run's events; null: nobody watches. */
  readonly watch: (() => (event: TraceEvent) => WatchVerdict) | null;
}
