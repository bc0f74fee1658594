// A measured run: the records that the tests of a vitest run handed back, as one campaign.
import type { TestCase, TestModule } from 'vitest/node';
import type { CampaignRecord, ScenarioRecord, WallFigures } from '../campaign/record.ts';
import { noFailure } from '../campaign/gate-policy.ts';
import { warningsOf } from '../campaign/warnings.ts';
import { musterKey, type MusterSettings } from './settings.ts';
import { fromRoot, suiteMistake, type SuiteMistake, type WorkerError } from './suite-mistake.ts';

export interface FinishedRun {
  readonly testModules: readonly TestModule[];
  readonly unhandledErrors: readonly unknown[];
  readonly settings: MusterSettings;
  readonly wall: Omit<WallFigures, 'scenarioMs'>;
}

export interface MeasuredRun {
  readonly campaign: CampaignRecord;
  /** None: every scenario measured something. */
  readonly mistakes: readonly SuiteMistake[];
  /** Ids of scenarios in which a kept regression failed again. */
  readonly regressed: readonly string[];
}

/**
 * Scenarios sorted by id, whatever the order in which workers finished. What could not be measured stands among them
 * with no trial at all, so that no verdict can be better than `error`.
 */
export function measuredRun(run: FinishedRun): MeasuredRun {
  const { settings, wall } = run;
  const { scenarios, mistakes, scenarioMs } = collected(run);
  scenarios.sort((one, other) => (one.id < other.id ? -1 : Number(one.id > other.id)));
  const regressed = scenarios.filter(({ failures }) => failures.some(({ trial }) => trial < 0));
  const campaign: CampaignRecord = {
    schemaVersion: 1,
    seed: settings.seed,
    profile: settings.profile,
    scenarios,
    warnings: [
      ...mistakes.map(({ text }) => text.replaceAll(/\s*\n\s*/g, ' ')),
      ...regressed.map(({ id }) => `${id}: a regression is back`),
      ...warningsOf(scenarios),
    ],
    wall: { ...wall, scenarioMs },
  };
  return { campaign, mistakes, regressed: regressed.map(({ id }) => id) };
}

interface Collected {
  readonly scenarios: ScenarioRecord[];
  readonly mistakes: SuiteMistake[];
  readonly scenarioMs: Record<string, number>;
}

function collected({ testModules, unhandledErrors, settings }: FinishedRun): Collected {
  const found: Collected = { scenarios: [], mistakes: [], scenarioMs: {} };
  const { root } = settings;
  const seen = new Map<string, string>();
  for (const module of testModules) {
    const where = fromRoot(module.moduleId, root);
    const errors = module.errors() as readonly WorkerError[];
    for (const error of errors) found.mistakes.push(suiteMistake(error, { where, root, kind: 'file' }));
    if (errors.length > 0 || neverRan(module)) found.scenarios.push(unmeasured(where, settings));
    for (const test of module.children.allTests()) collectTest(found, test, { where, seen, settings });
  }
  for (const error of unhandledErrors)
    found.mistakes.push(suiteMistake(error as WorkerError, { where: 'the run', root, kind: 'elsewhere' }));
  return found;
}

interface TestPlace {
  readonly where: string;
  readonly seen: Map<string, string>;
  readonly settings: MusterSettings;
}

function collectTest(found: Collected, test: TestCase, { where, seen, settings }: TestPlace): void {
  const record = test.meta()[musterKey];
  const result = test.result();
  if (record !== undefined) {
    const earlier = seen.get(record.id);
    if (earlier !== undefined) found.mistakes.push(declaredTwice(record.id, [earlier, where]));
    else found.scenarios.push(record);
    seen.set(record.id, where);
    found.scenarioMs[record.id] = test.diagnostic()?.duration ?? 0;
    return;
  }
  if (result.state === 'passed' || result.state === 'skipped') return;
  found.scenarios.push(unmeasured(test.fullName, settings));
  const { root } = settings;
  for (const error of (result.errors ?? []) as readonly WorkerError[])
    found.mistakes.push(suiteMistake(error, { where: test.fullName, root, kind: 'scenario' }));
}

function neverRan(module: TestModule): boolean {
  const state = module.state();
  return state === 'queued' || state === 'pending';
}

/** Stands for what was to be measured and was not. */
function unmeasured(id: string, { seed }: MusterSettings): ScenarioRecord {
  return {
    id,
    subject: 'not measured',
    tags: [],
    seed,
    gate: noFailure,
    rows: [],
    failures: [],
    comparison: null,
    attribution: { modelCalls: 0, doubts: [] },
    playback: { strayCalls: 0, first: [] },
  };
}

function declaredTwice(id: string, places: readonly string[]): SuiteMistake {
  const text = `[SCENARIO_TWICE] at ${places.join(' and ')}: two scenarios have the id ${JSON.stringify(id)}\n  hint: an id names one claim; rename one of them`;
  return { text, stack: null };
}
