// The verb replay: one trial again, twice, and what has become of it.
import type { CliOptions } from 'vitest/node';
import { MusterError } from '../base/muster-error.ts';
import { nearestName } from '../chaos/nearest-name.ts';
import { visibleText } from '../report/visible-text.ts';
import { measuredRun } from '../vitest/measured-run.ts';
import type { ReplayedTrial } from '../vitest/settings.ts';
import { paletteFor } from './colour.ts';
import { tellSuiteMistakes } from './mistake.ts';
import { replayTarget, type ReplayFlags } from './replay-target.ts';
import { settingsOf } from './run-flags.ts';
import { showSteps } from './steps.ts';
import { replayAdHoc, type ReplayingSettings } from './subject/replay-subject.ts';
import { runSuites, type SuitesRun } from './suites.ts';
import type { ExitStatus, Verb } from './verb.ts';

const help = `
FIXED: it passes now. FAILED: it still fails. FLAKY: two runs of one seed differ. ERROR: it could not be run.

Examples:
  $ muster replay sales-survives-4f1c09aa --step
  $ muster replay fixtures/regressions/sales-survives-4f1c09aa.json
  $ muster replay --scenario sales/survives --trial 12 --seed 7`;

export const replayVerb: Verb = (program, setExit) => {
  program
    .command('replay')
    .description('run one trial again, exactly')
    .argument('[id|file]', 'a failure of the last report, or a failure or regression file')
    .option('--scenario <id>', 'with --trial: a trial that has no file')
    .option('--trial <n>', 'its number, counted from 0')
    .option('--seed <n>', 'seed of its campaign (1)')
    .option('--step', 'show what happened, event by event')
    .addHelpText('after', help)
    .action(async (name: string | undefined, flags: ReplayFlags) => setExit(await replay(name, flags)));
};

async function replay(name: string | undefined, flags: ReplayFlags): Promise<ExitStatus> {
  const settings = settingsFor(name, flags);
  const adHoc = await replayAdHoc(settings);
  if (adHoc !== null) return show(adHoc, flags);
  const suites = await runSuites({
    settings,
    options: {} satisfies CliOptions,
    choose: () => ({ kind: 'scenarios', ids: [settings.replay.scenario] }),
  });
  const replayed = replayedIn(suites);
  if (replayed === undefined) throw notReplayed(suites, settings.replay.scenario);
  return show(replayed, flags);
}

async function show(replayed: ReplayedTrial, flags: ReplayFlags): Promise<ExitStatus> {
  if (flags.step === true) await showSteps(replayed.events);
  return tell(replayed);
}

/** Generated values are drawn in one go, so enough of them are asked for to reach the trial. */
function settingsFor(name: string | undefined, flags: ReplayFlags): ReplayingSettings {
  const settings = settingsOf(flags.seed === undefined ? {} : { seed: flags.seed });
  const replay = replayTarget(name, flags, settings.root);
  const trials = replay.from.kind === 'trial' ? replay.from.trial + 1 : settings.trials;
  return { ...settings, trials, replay };
}

function tell(replayed: ReplayedTrial): ExitStatus {
  const palette = paletteFor(process.stdout);
  const { scenario, seed, outcome, why } = replayed;
  const what = `${visibleText(scenario)}, seed ${seed}: ${outcome}`;
  const [first, second] = replayed.traceHashes;
  if (first !== second) {
    process.stdout.write(
      `${palette.warn('FLAKY')}  ${what}\n   two runs of this seed differ: ${first} and ${second}\n`,
    );
    return 1;
  }
  if (replayed.passed) {
    process.stdout.write(`${palette.good('FIXED')}  ${what}\n`);
    return 0;
  }
  process.stdout.write(`${palette.bad('FAILED')}  ${what}\n   ${visibleText(why ?? '')}\n`);
  return 1;
}

function replayedIn({ testModules }: SuitesRun): ReplayedTrial | undefined {
  for (const module of testModules)
    for (const test of module.children.allTests()) {
      const { replayed } = test.meta();
      if (replayed !== undefined) return replayed;
    }
  return undefined;
}

/** A broken suite says why itself; otherwise no suite knows the scenario. */
function notReplayed(suites: SuitesRun, scenario: string): MusterError {
  const { mistakes } = measuredRun(suites);
  process.stdout.write(`ERROR  ${visibleText(scenario)}\n`);
  if (mistakes.length > 0) {
    tellSuiteMistakes(mistakes);
    return new MusterError({
      code: 'REPLAY_ERROR',
      place: `scenario ${scenario}`,
      message: 'the trial could not be run again',
      hint: 'see above',
    });
  }
  const ids = suites.testModules.flatMap((module) =>
    [...module.children.allTests()].map((test) => test.fullName),
  );
  const near = nearestName(scenario, ids);
  return new MusterError({
    code: 'REPLAY_NO_SCENARIO',
    place: `scenario ${scenario}`,
    message: 'no suite has this scenario any more',
    hint: near === '' ? 'no suite declares a scenario' : `the nearest is ${near}`,
  });
}
