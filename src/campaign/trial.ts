// A trial: one run under chaos beside its fault-free control at the same seed, and what the two say.
import { andThen, type NowOrLater } from '../base/now-or-later.ts';
import { MusterError } from '../base/muster-error.ts';
import { drawAt } from '../base/random.ts';
import type { Plan } from '../chaos/plan.ts';
import { Controls, essenceOf, type Control } from './controls.ts';
import { checkTrace } from '../check/invariants.ts';
import { acceptedOutcomes, judge, passes, type Judgement, type Outcome } from '../check/outcome.ts';
import type { Verdict } from '../check/verdict.ts';
import type { Subject } from '../engine/run.ts';
import type { Mission } from '../team/mission.ts';
import type { Trace } from '../trace/trace.ts';

export interface TrialParts {
  readonly subject: Subject;
  readonly mission: Mission;
  readonly seed: number;
  /** Null: a run without chaos, which is judged all the same. */
  readonly plan: Plan | null;
  readonly horizonMs?: number;
  /** Seed of the order of simultaneous things; the control keeps the usual order. */
  readonly schedule?: number | null;
  readonly accept?: readonly Outcome[];
  /** Where controls are kept; without it, each trial runs its own. */
  readonly controls?: Controls;
}

export interface TrialRun {
  readonly seed: number;
  readonly plan: Plan | null;
  readonly chaos: Trace;
  readonly control: Trace;
  readonly verdicts: readonly Verdict[];
  readonly judgement: Judgement;
  readonly passed: boolean;
}

/** A week of virtual time, longer than any sensible latency budget: what has not ended by then hangs. */
export const usualHorizonMs = 7 * 86_400_000;

/** The seed of one trial: a non-negative 31-bit integer named by the campaign's seed, the scenario and the trial. */
export function trialSeed(seed: number, scenario: string, trial: number): number {
  return Math.floor(drawAt(seed, 'trial', scenario, trial) * 0x7fffffff);
}

/** Runs and judges one trial; synchronous where the subject is. */
export function runTrial(parts: TrialParts): NowOrLater<TrialRun> {
  const { subject, mission, seed, plan } = parts;
  const horizonMs = parts.horizonMs ?? usualHorizonMs;
  const schedule = parts.schedule ?? null;
  if (plan === null && schedule === null) {
    const calm = subject.run({ mission, seed, horizonMs, chaos: null, schedule, role: 'judged' });
    return andThen(calm, (trace) => judged(parts, trace, null));
  }
  const control = (parts.controls ?? new Controls()).of({ subject, mission, seed, horizonMs });
  return andThen(control, (calm) => {
    const chaos = subject.run({ mission, seed, horizonMs, chaos: plan, schedule, role: 'judged' });
    return andThen(chaos, (bent) => judged(parts, bent, calm));
  });
}

/** A run without a control is its own. */
function judged(parts: TrialParts, chaos: Trace, calm: Control | null): TrialRun {
  const { subject, seed, plan } = parts;
  const verdicts = checkTrace(chaos);
  const control = calm?.trace ?? chaos;
  const essenceEqual = calm === null || essenceOf(subject, chaos) === calm.essence;
  const judgement = judge({ chaos, control, essenceEqual, verdicts, injected: plan !== null });
  const accepted = parts.accept ?? acceptedOutcomes;
  return {
    seed,
    plan,
    chaos,
    control,
    verdicts,
    judgement,
    passed: passes(judgement.outcome, verdicts, accepted),
  };
}

/** Refuses plans that could not have been meant: an empty one proves nothing. */
export function requireInjections(plan: Plan, scenario: string): Plan {
  if (plan.injections.length > 0) return plan;
  throw new MusterError({
    code: 'PLAN_EMPTY',
    place: `scenario ${scenario}, plan ${plan.name}`,
    message: 'the plan injects nothing, so a pass would mean nothing',
    hint: 'give it an injection, or run without a plan to check the calm case',
  });
}
