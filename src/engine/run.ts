// A run: what goes in, what comes out, and the subject that turns one into the other.
import type { Plan } from '../chaos/plan.ts';
import type { Mission } from '../team/mission.ts';
import type { Trace } from '../trace/trace.ts';

export interface RunPlan {
  readonly mission: Mission;
  readonly seed: number;
  /** Null: the fault-free control. */
  readonly chaos: Plan | null;
  /** Virtual milliseconds after which a run that has not ended is hung. */
  readonly horizonMs: number;
  /** Seed of the order in which simultaneous things happen; null takes the order that `seed` gives. */
  readonly schedule: number | null;
  /** A control is compared and not judged: nobody watches it for invariants, which are then unknown. */
  readonly role: 'judged' | 'control';
}

/** A team under test: the steward's, a function that calls providers over HTTP, or a child process. */
export interface Subject {
  readonly name: string;
  readonly agents: readonly string[];
  readonly tools: readonly string[];
  /**
   * Runs the team once. Trouble of the team is in the trace; a thrown error is the harness's own or the user's mistake.
   * A subject whose parts are all synchronous answers at once, so that a campaign need not wait a turn of the loop.
   */
  run(plan: RunPlan): Trace | Promise<Trace>;
  /** The part of a trace's result that must equal the control's for the run to have done its job. */
  essence(trace: Trace): unknown;
}
