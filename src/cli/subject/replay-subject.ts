// Replaying a trial of an ad-hoc subject: the program again, twice, as the last report describes it.
import { adHocScenario, adHocSeed } from '../../campaign/ad-hoc.ts';
import { compactTrace } from '../../campaign/compact-trace.ts';
import { readRegression } from '../../campaign/regression-files.ts';
import { traceHash } from '../../campaign/trace-hash.ts';
import { runTrial, type TrialRun } from '../../campaign/trial.ts';
import { whyFailed } from '../../campaign/trial-row.ts';
import type { Plan } from '../../chaos/plan.ts';
import type { Subject } from '../../engine/run.ts';
import type { MusterSettings, ReplayedTrial } from '../../vitest/settings.ts';
import { lastAdHoc, openAdHoc, type AdHocSubject } from './ad-hoc-subject.ts';

export type ReplayingSettings = MusterSettings & { readonly replay: NonNullable<MusterSettings['replay']> };

/** Null: the scenario is none of the last ad-hoc campaign, so that a suite has it. */
export async function replayAdHoc(settings: ReplayingSettings): Promise<ReplayedTrial | null> {
  const { replay, root } = settings;
  const told = lastAdHoc(root);
  if (told === null) return null;
  const { subject } = openAdHoc(told, root);
  const plan = told.plans.find((one) => adHocScenario(subject, one) === replay.scenario);
  if (plan === undefined) return null;
  const meant = meantTrial(settings, subject, plan);
  const [first, again] = [await runMeant(told, subject, meant), await runMeant(told, subject, meant)];
  return {
    scenario: replay.scenario,
    seed: meant.seed,
    passed: first.passed,
    outcome: first.judgement.outcome,
    why: first.passed ? null : whyFailed(first, null),
    traceHashes: [traceHash(first.chaos), traceHash(again.chaos)],
    events: compactTrace(first.chaos),
  };
}

interface Meant {
  readonly seed: number;
  readonly plan: Plan;
}

function meantTrial({ replay, root, seed }: ReplayingSettings, subject: Subject, plan: Plan): Meant {
  if (replay.from.kind === 'trial') return { seed: adHocSeed(subject, seed, replay.from.trial), plan };
  const kept = readRegression(root, replay.from.path);
  return { seed: kept.seed, plan: kept.plan };
}

async function runMeant({ mission }: AdHocSubject, subject: Subject, meant: Meant): Promise<TrialRun> {
  return runTrial({ subject, mission, ...meant });
}
