// The suites of a project: finds them through its vitest config, runs those that were asked for, and closes.
import { relative } from 'node:path';
import {
  createVitest,
  type CliOptions,
  type TestModule,
  type TestSpecification,
  type Vitest,
} from 'vitest/node';
import { elapsedMs, wallClock } from '../base/clock.ts';
import { MusterError } from '../base/muster-error.ts';
import type { WallFigures } from '../campaign/record.ts';
import { hasPlugin, isSuite } from '../vitest/suite-file.ts';
import { isMusterError } from '../vitest/suite-mistake.ts';
import { musterKey, type MusterSettings } from '../vitest/settings.ts';
import { workersOf } from '../vitest/reporter.ts';
import { onInterrupt } from './interrupt.ts';
import { Progress } from './progress.ts';

export interface SuiteRequest {
  readonly settings: MusterSettings;
  readonly options: CliOptions;
  /** Called with the project's root before anything runs. */
  readonly choose: (root: string) => SuiteChoice;
}

/**
 * `words`: a word is part of a file's path or, where no path has one of them, of a scenario's id. `scenarios`: these
 * ids, and of files by these paths. No words choose everything.
 */
export type SuiteChoice =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'scenarios'; readonly ids: readonly string[] };

export interface SuitesRun {
  readonly settings: MusterSettings;
  readonly testModules: readonly TestModule[];
  readonly unhandledErrors: readonly unknown[];
  readonly wall: Omit<WallFigures, 'scenarioMs'>;
}

/** Throws `MusterError` where the project has no suites, or its config does not load. */
export async function runSuites({ settings, options, choose }: SuiteRequest): Promise<SuitesRun> {
  const vitest = await openVitest(settings, options);
  const release = onInterrupt(async () => {
    await Promise.all([vitest.cancelCurrentRun('keyboard-input'), vitest.cancelCurrentRun('keyboard-input')]);
  });
  try {
    const { root } = vitest.config;
    const choice = choose(root);
    await vitest.standalone();
    const chosen = chooseSuites(await suitesIn(vitest), choice, root);
    const [startedAtMs, elapsedAtMs] = [wallClock.now(), elapsedMs()];
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(chosen, true);
    const wall = { startedAtMs, durationMs: elapsedMs() - elapsedAtMs, workers: workersOf(vitest) };
    return { settings: { ...settings, root }, testModules, unhandledErrors, wall };
  } finally {
    release();
    await vitest.close();
  }
}

/** Everything that vitest itself says goes to stderr. */
async function openVitest(settings: MusterSettings, options: CliOptions): Promise<Vitest> {
  const { reporters } = options;
  const progress = new Progress();
  try {
    return await createVitest(
      'test',
      {
        ...options,
        watch: false,
        run: true,
        passWithNoTests: true,
        provide: { [musterKey]: settings },
        reporters: [...(Array.isArray(reporters) ? (reporters as string[]) : []), progress],
      },
      {},
      { stdout: process.stderr, stderr: process.stderr },
    );
  } catch (error) {
    if (isMusterError(error) || !(error instanceof Error)) throw error;
    throw new MusterError(
      {
        code: 'CONFIG_FAILED',
        place: 'vitest.config.ts',
        message: error.message.split('\n')[0] ?? error.name,
        hint: 'MUSTER_DEBUG=1 shows the stack',
      },
      { cause: error },
    );
  }
}

async function suitesIn(vitest: Vitest): Promise<readonly TestSpecification[]> {
  const suites = (await vitest.globTestSpecifications()).filter(isSuite);
  if (suites.length > 0) return suites;
  const planted = vitest.projects.some(hasPlugin);
  throw new MusterError({
    code: 'NO_SCENARIOS',
    place: planted ? 'suites/' : 'vitest.config.ts',
    message: planted ? 'there is no suite' : 'no project of this config has the plugin `muster()`',
    hint: planted
      ? 'declare a scenario in suites/<name>.suite.ts'
      : "import { muster } from 'passmuster/vitest' and put muster() into `plugins`",
  });
}

function chooseSuites(
  suites: readonly TestSpecification[],
  choice: SuiteChoice,
  root: string,
): TestSpecification[] {
  switch (choice.kind) {
    case 'scenarios': {
      const named = suites.filter(({ moduleId }) => choice.ids.includes(relative(root, moduleId)));
      const others = suites.filter((suite) => !named.includes(suite));
      return [...named, ...narrowed(others, `^(?:${choice.ids.map(escaped).join('|')})$`)];
    }
    case 'words': {
      const { words } = choice;
      if (words.length === 0) return [...suites];
      const inPath = suites.filter(({ moduleId }) => has(relative(root, moduleId), words));
      return inPath.length > 0 ? inPath : narrowed(suites, words.map(escaped).join('|'));
    }
  }
}

function has(text: string, words: readonly string[]): boolean {
  return words.some((word) => text.includes(word.replace(/^\.\//, '')));
}

function narrowed(suites: readonly TestSpecification[], pattern: string): TestSpecification[] {
  const testNamePattern = new RegExp(pattern);
  return suites.map(({ project, moduleId }) => project.createSpecification(moduleId, { testNamePattern }));
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
