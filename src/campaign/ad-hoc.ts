// The ad-hoc campaign: a team that no suite speaks of, under named plans; one scenario a plan.
import { MusterError } from '../base/muster-error.ts';
import type { Plan } from '../chaos/plan.ts';
import type { Subject } from '../engine/run.ts';
import type { Mission } from '../team/mission.ts';
import { Collector } from './collector.ts';
import { Controls } from './controls.ts';
import { noFailure } from './gate-policy.ts';
import { countTrials } from './gate.ts';
import type { ScenarioRecord } from './record.ts';
import { runTrial, trialSeed, type TrialRun } from './trial.ts';

export interface AdHocParts {
  readonly subject: Subject;
  readonly mission: Mission;
  readonly plans: readonly Plan[];
  readonly seed: number;
  /** Exposed trials that each plan is to have; a plan is tried twice as often at most. */
  readonly trials: number;
  /** Hears before each trial which scenario it is of. */
  readonly onTrial: (scenario: string, trial: number) => void;
}

/** Smaller plans that are tried on a failure: each of them is a run in real time. */
const shrinkRunsMax = 6;

export function adHocScenario({ name }: Subject, plan: Plan): string {
  return `${name}/${plan.name}`;
}

/** All plans share the seed of a trial, and so its control. */
export function adHocSeed({ name }: Subject, seed: number, trial: number): number {
  return trialSeed(seed, name, trial);
}

/** One trial after the other. Throws `SUBJECT_FAILS_CALM` where the team comes to no good end without chaos, `SUBJECT_ASKS_NOTHING`. */
export async function runAdHoc(parts: AdHocParts): Promise<readonly ScenarioRecord[]> {
  const controls = new Controls();
  const { subject, plans, seed, trials } = parts;
  const claims = plans.map((plan) => ({
    plan,
    collector: new Collector({
      id: adHocScenario(subject, plan),
      subject: subject.name,
      tags: ['ad hoc'],
      seed,
      gate: noFailure,
    }),
  }));
  for (let trial = 0; trial < 2 * trials; trial += 1)
    for (const { plan, collector } of claims) {
      if (isEnough(collector, trials)) continue;
      parts.onTrial(adHocScenario(subject, plan), trial);
      await tryOnce(parts, { plan, collector, trial, controls });
    }
  return claims.map(({ collector }) => collector.record());
}

function isEnough({ rows }: Collector, trials: number): boolean {
  const { exposed, errors } = countTrials(rows);
  return exposed + errors >= trials;
}

interface Try {
  readonly plan: Plan;
  readonly collector: Collector;
  readonly trial: number;
  readonly controls: Controls;
}

async function tryOnce(parts: AdHocParts, { plan, collector, trial, controls }: Try): Promise<void> {
  const { subject, mission } = parts;
  const seed = adHocSeed(subject, parts.seed, trial);
  const under = async (bent: Plan): Promise<TrialRun> =>
    runTrial({ subject, mission, seed, plan: bent, controls });
  const run = await under(plan);
  if (trial === 0) requireGoodControl(subject, run);
  const row = collector.add({ trial, run, complaint: null });
  if (row.passed || !collector.isNews(row)) return;
  let runs = 0;
  await collector.tell({ trial, run, complaint: null }, async (smaller) => {
    runs += 1;
    if (runs > shrinkRunsMax) return null;
    const again = await under(smaller);
    return !again.passed && again.judgement.outcome === run.judgement.outcome ? again : null;
  });
}

/** What the first control shows is the setup's; a later one that fails is an error of its trial. */
function requireGoodControl(subject: Subject, { judgement, control }: TrialRun): void {
  if (judgement.outcome === 'error' && judgement.source === 'control')
    throw failsCalm(subject, judgement.reason);
  if (!control.events.some(({ kind }) => kind === 'model.called')) throw asksNothing(subject);
}

function asksNothing({ name }: Subject): MusterError {
  return new MusterError({
    code: 'SUBJECT_ASKS_NOTHING',
    place: name,
    message: 'the team asked no model that muster stands in for, so no fault can reach it',
    hint: 'does its client take its base URL from OPENAI_BASE_URL, ANTHROPIC_BASE_URL or GOOGLE_GEMINI_BASE_URL?',
  });
}

function failsCalm({ name }: Subject, reason: string): MusterError {
  return new MusterError({
    code: 'SUBJECT_FAILS_CALM',
    place: name,
    message: `without any chaos, the team comes to no good end: ${reason}`,
    hint: 'mend this first; beside a control that fails, no trial says anything about chaos',
  });
}
