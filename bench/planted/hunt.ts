// A hunt, in a process of its own: runs one seeded trial after another on a copy of the source until an invariant breaks.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import type * as AnyTrial from '../../src/campaign/generate/any-trial.ts';
import type * as Trial from '../../src/campaign/trial.ts';
import type { Finding, Hunt } from './hunt-report.ts';

const faultsMax = 8;
const [folder = '', seedsMax = '0'] = process.argv.slice(2);
const { anyTrial, subjectOfShape } = await load<typeof AnyTrial>('campaign/generate/any-trial.ts');
const { runTrial } = await load<typeof Trial>('campaign/trial.ts');
process.stdout.write(`${JSON.stringify(await hunt(Number(seedsMax)))}\n`);

async function hunt(most: number): Promise<Hunt> {
  const outcomes: Record<string, number> = {};
  for (let seed = 1; seed <= most; seed += 1) {
    const run = await trial(seed);
    const { outcome } = run.judgement;
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    const finding = findingOf(run);
    if (finding !== null) return { seeds: seed, finding: { ...finding, seed }, outcomes };
  }
  return { seeds: most, finding: null, outcomes };
}

/** A seed names one trial: its team, mission, plan and order of events. */
async function trial(seed: number): Promise<Trial.TrialRun> {
  const [shaped] = fc.sample(anyTrial(faultsMax), { seed, numRuns: 1 });
  if (shaped === undefined) throw new Error(`seed ${seed} names no trial`);
  const { shape, mission, plan, schedule } = shaped;
  return runTrial({ subject: subjectOfShape(shape), mission, plan, seed, schedule });
}

/** What the judges of the product say, and nothing else. */
function findingOf({ verdicts, judgement }: Trial.TrialRun): Omit<Finding, 'seed'> | null {
  for (const verdict of verdicts)
    if (verdict.kind === 'broken') return { by: verdict.invariant, sentence: verdict.sentence };
  const { outcome, reason } = judgement;
  return outcome === 'silent failure' || outcome === 'hung' ? { by: outcome, sentence: reason } : null;
}

async function load<T>(file: string): Promise<T> {
  return (await import(pathToFileURL(join(folder, 'src', file)).href)) as T;
}
