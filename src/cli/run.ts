// The verb run: runs the suites, writes the report, prints it, and decides.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MusterError } from '../base/muster-error.ts';
import { exitCodeOf } from '../campaign/gate.ts';
import type { CampaignSummary } from '../campaign/summary.ts';
import { nearestName } from '../chaos/nearest-name.ts';
import { reportData } from '../report/report-data.ts';
import { measuredRun, type MeasuredRun } from '../vitest/measured-run.ts';
import { latestReport, requireWritableReports } from '../vitest/report-folder.ts';
import { fromRoot } from '../vitest/suite-mistake.ts';
import { tellSuiteMistakes } from './mistake.ts';
import type { SubjectFlags } from './subject/subject-flags.ts';
import { tellCampaign } from './tell-campaign.ts';
import { settingsOf, vitestRequest, type RunFlags } from './run-flags.ts';
import { runSuites, type SuiteChoice, type SuitesRun } from './suites.ts';
import type { ExitStatus, Verb } from './verb.ts';

const help = `
Words that are part of a file's path, or of a scenario's id, choose what is run. Other flags go to vitest.

Examples:
  $ muster run --profile pr --seed 7
  $ muster run sales/survives --trials 500
  $ muster run --tags release,crashes
  $ muster run --last-failed --workers 2
  $ muster run --subject "python team.py" --mission "Refund order A-1042" --plan rate-limit`;

interface RunVerbFlags extends RunFlags, SubjectFlags {
  readonly subject?: string;
}

function listed(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

export const runVerb: Verb = (program, setExit) => {
  program
    .command('run')
    .description('run the suites and decide')
    .argument('[filters...]', 'parts of file paths or scenario ids')
    .option('--profile <name>', 'dev, pr, release or nightly (dev)')
    .option('--trials <n>', 'trials a scenario, instead of what the profile says')
    .option('--seed <n>', 'seed of the campaign (1)')
    .option('--workers <n>', 'processes at most')
    .option('--shard <i/n>', 'this part of the suite files only')
    .option('--tags <a,b>', 'only scenarios with one of these tags')
    .option('--last-failed', 'only scenarios that did not pass in the last report')
    .option('--json', 'print summary.json and nothing else')
    .option(
      '--subject <command>',
      'run this program instead of suites: a team in any language, without a suite',
    )
    .option('--mission <file|text>', 'with --subject: its task')
    .option(
      '--plan <name|file>',
      'with --subject: a chaos plan; more than one may be given',
      listed,
      undefined,
    )
    .option('--script <file>', 'with --subject: what its models answer (made up where it is absent)')
    .option('--cassettes <folder>', 'with --subject: replay recorded answers')
    .option('--timeout <duration>', 'with --subject: when a run hangs (30s)')
    .option('--time-scale <factor>', "with --subject: how many times as long a fault's delays take (1)")
    .option(
      '--env <name>',
      'with --subject: a variable that it inherits; more than one may be given',
      listed,
      undefined,
    )
    .option('--reporter <name>', 'terminal, quiet, or a reporter of vitest', 'terminal')
    .addHelpText('after', help)
    .allowUnknownOption()
    .action(async (words: string[], flags: RunVerbFlags) => setExit(await run(words, flags)));
};

async function run(words: readonly string[], flags: RunVerbFlags): Promise<ExitStatus> {
  // Suites need neither a gateway nor what starts a program.
  if (flags.subject !== undefined)
    return (await import('./subject/run-subject.ts')).runSubject(flags.subject, words, flags);
  const settings = settingsOf(flags);
  const { filters, options } = vitestRequest(words, flags);
  const suites = await runSuites({
    settings,
    options,
    choose: (root) => {
      requireWritableReports(root);
      return flags.lastFailed === true ? lastFailed(root, filters) : { kind: 'words', words: filters };
    },
  });
  const measured = measuredRun(suites);
  if (measured.campaign.scenarios.length === 0 && measured.mistakes.length === 0)
    throw noScenario(filters, suites);
  const data = reportData(measured.campaign);
  const written = tellCampaign(data, { root: suites.settings.root, flags, more: [] });
  tellSuiteMistakes(measured.mistakes);
  return written ? exitOf(measured, data.summary) : 2;
}

function exitOf({ mistakes, regressed }: MeasuredRun, { verdict, profile }: CampaignSummary): ExitStatus {
  if (mistakes.length > 0) return 2;
  const status = exitCodeOf(verdict, profile);
  return status === 0 && regressed.length > 0 ? 1 : status;
}

function lastFailed(root: string, words: readonly string[]): SuiteChoice {
  const meant = (id: string): boolean => words.length === 0 || words.some((word) => id.includes(word));
  return { kind: 'scenarios', ids: lastFailedIds(root).filter(meant) };
}

function lastFailedIds(root: string): readonly string[] {
  const path = join(latestReport, 'summary.json');
  if (!existsSync(join(root, path)))
    throw new MusterError({
      code: 'NO_LAST_REPORT',
      place: path,
      message: 'there is no last report, so nobody knows what failed in it',
      hint: 'muster run, without --last-failed, makes one',
    });
  const { scenarios } = JSON.parse(readFileSync(join(root, path), 'utf8')) as CampaignSummary;
  const ids = scenarios.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => id);
  if (ids.length > 0) return ids;
  throw new MusterError({
    code: 'NOTHING_FAILED',
    place: path,
    message: 'every scenario passed in the last report, so there is nothing to run again',
    hint: 'muster run, without --last-failed, runs them all',
  });
}

function noScenario(words: readonly string[], { testModules, settings }: SuitesRun): MusterError {
  const ids = testModules.flatMap((module) => [...module.children.allTests()].map((test) => test.fullName));
  const paths = testModules.map((module) => fromRoot(module.moduleId, settings.root));
  const inPath = words.length === 0 || words.some((word) => paths.some((path) => path.includes(word)));
  const near = nearestName(words[0] ?? '', ids);
  if (paths.length === 0)
    return new MusterError({
      code: 'NO_SCENARIOS',
      place: '--shard',
      message: 'this shard holds no suite file',
      hint: 'make fewer shards than there are suite files',
    });
  if (settings.tags.length > 0)
    return new MusterError({
      code: 'NO_SCENARIOS',
      place: ['--tags', settings.tags.join(','), ...words].join(' '),
      message: 'no scenario here bears one of these tags',
      hint: 'the report shows the tags of each scenario beside its name',
    });
  return new MusterError({
    code: 'NO_SCENARIOS',
    place: words.length === 0 ? 'suites/' : words.join(' '),
    message: inPath ? 'no scenario is declared here' : 'no suite file and no scenario has this in its name',
    hint: near === '' ? "declare one with scenario('team/claim', …)" : `the nearest scenario is ${near}`,
  });
}
