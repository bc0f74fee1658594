// What a scenario is told, and what its body is given.
import type fc from 'fast-check';
import type { Plan } from '../chaos/plan.ts';
import type { GatePolicy } from '../campaign/gate-policy.ts';
import type { TrialRun } from '../campaign/trial.ts';
import type { TwinComparison } from '../campaign/record.ts';
import type { Outcome } from '../check/outcome.ts';
import type { Subject } from '../engine/run.ts';
import type { Mission } from '../team/mission.ts';

export interface ScenarioOptions {
  readonly subject: Subject;
  readonly tags?: readonly string[];
  /** At least 95 % when left out. */
  readonly gate?: GatePolicy;
  /** Trials when neither the command line nor the profile asks for another number. */
  readonly trials?: number;
  /** Outcomes that count as passed; escalated, degraded, recovered and absorbed when left out. */
  readonly accept?: readonly Outcome[];
  /** `keep` writes failing plans to `fixtures/regressions` and runs those first; `forget` suits demonstrations. */
  readonly regressions?: 'keep' | 'forget';
  /** A table of twins, asked for once all trials are done. */
  readonly comparison?: () => TwinComparison;
}

export interface TeamUnderTest {
  /** Runs the team once in this trial: the control, and the same again under chaos. */
  run(mission: Mission, how?: { readonly chaos?: Plan; readonly schedule?: number }): Promise<TrialRun>;
}

export interface ScenarioTools {
  readonly team: TeamUnderTest;
  /** Runs the body once a trial, each with a seed of its own. `trial` counts from 0. */
  readonly trials: (body: (trial: number) => Promise<unknown>) => Promise<void>;
  /** The same over generated values; a failing value is shrunk by fast-check. */
  readonly forAll: <T>(
    values: fc.Arbitrary<T>,
    body: (value: T, trial: number) => Promise<unknown>,
  ) => Promise<void>;
}
