// A measured run: what tests handed back becomes one campaign, and what they did not hand back stays visible.
import { describe, expect, it } from 'vitest';
import type { TestModule } from 'vitest/node';
import { noFailure } from '../campaign/gate-policy.ts';
import type { ScenarioRecord } from '../campaign/record.ts';
import { summarise } from '../campaign/summary.ts';
import { sampleFailure, sampleRow } from '../report/sample-campaign.test-support.ts';
import { measuredRun } from './measured-run.ts';

interface FakeTest {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending';
  readonly record?: ScenarioRecord;
  readonly error?: string;
}

interface FakeModule {
  readonly path?: string;
  readonly state?: string;
  readonly errors?: readonly { readonly message: string }[];
  readonly tests?: readonly FakeTest[];
}

function moduleOf({
  path = 'suites/a.suite.ts',
  state = 'passed',
  errors = [],
  tests = [],
}: FakeModule): TestModule {
  const cases = tests.map(({ name, state: result, record, error }) => ({
    fullName: name,
    meta: () => (record === undefined ? {} : { muster: record }),
    result: () => ({ state: result, errors: error === undefined ? [] : [{ message: error }] }),
    diagnostic: () => ({ duration: 12 }),
  }));
  const fake = {
    moduleId: `/project/${path}`,
    state: () => state,
    errors: () => errors,
    children: { allTests: () => cases },
  };
  return fake as unknown as TestModule;
}

function recordOf(id: string, changes: Partial<ScenarioRecord> = {}): ScenarioRecord {
  const rows = [sampleRow({ scenario: id })];
  return {
    id,
    subject: 's',
    tags: [],
    seed: 1,
    gate: noFailure,
    rows,
    failures: [],
    comparison: null,
    attribution: { modelCalls: 0, doubts: [] },
    playback: { strayCalls: 0, first: [] },
    ...changes,
  };
}

const passed = (id: string): FakeTest => ({ name: id, state: 'passed', record: recordOf(id) });

function measure(modules: readonly FakeModule[], unhandledErrors: readonly unknown[] = []) {
  const settings = {
    seed: 1,
    profile: 'dev',
    trials: null,
    tags: [],
    root: '/project',
    replay: null,
  } as const;
  const wall = { startedAtMs: 0, durationMs: 0, workers: 1 };
  return measuredRun({ testModules: modules.map(moduleOf), unhandledErrors, settings, wall });
}

describe('a measured run', () => {
  it('lists scenarios by id, in whatever order they finished', () => {
    const { campaign } = measure([{ tests: [passed('b'), passed('c')] }, { tests: [passed('a')] }]);
    expect(campaign.scenarios.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(campaign.wall.scenarioMs).toEqual({ a: 12, b: 12, c: 12 });
    expect(summarise(campaign).verdict).toBe('pass');
  });

  it.for<readonly [string, FakeModule, string]>([
    [
      'a file that does not load',
      { errors: [{ message: 'boom' }] },
      '[SUITE_NOT_LOADED] at suites/a.suite.ts: boom',
    ],
    [
      'a scenario that throws',
      { tests: [{ name: 'x', state: 'failed', error: 'boom' }] },
      '[SCENARIO_FAILED] at x: boom',
    ],
  ])('can be no pass with %s among those that pass', ([, broken, text]) => {
    const { campaign, mistakes } = measure([{ tests: [passed('a')] }, broken]);
    expect(summarise(campaign).verdict).toBe('error');
    expect(mistakes.map((mistake) => mistake.text.split('\n')[0])).toEqual([text]);
    expect(campaign.warnings[0]).toContain(text);
  });

  it.for<readonly [string, FakeModule]>([
    ['file', { state: 'pending' }],
    ['scenario', { tests: [{ name: 'x', state: 'pending' }] }],
  ])('can be no pass where a worker died before a %s had ended', ([, dead]) => {
    expect(summarise(measure([{ tests: [passed('a')] }, dead]).campaign).verdict).toBe('error');
  });

  it('leaves out what was not chosen, and ordinary tests that pass', () => {
    const tests: readonly FakeTest[] = [
      { name: 'x', state: 'skipped' },
      { name: 'y', state: 'passed' },
      passed('a'),
    ];
    expect(measure([{ tests }]).campaign.scenarios.map(({ id }) => id)).toEqual(['a']);
  });

  it('refuses two scenarios of one id, naming both files', () => {
    const { mistakes, campaign } = measure([
      { tests: [passed('a')] },
      { path: 'suites/b.suite.ts', tests: [passed('a')] },
    ]);
    expect(mistakes[0]?.text).toMatch(
      /^\[SCENARIO_TWICE\] at suites\/a\.suite\.ts and suites\/b\.suite\.ts: /,
    );
    expect(campaign.scenarios).toHaveLength(1);
  });

  it('names the scenarios in which a regression is back', () => {
    const record = recordOf('a', { failures: [sampleFailure({ trial: -1 })] });
    const { regressed, campaign } = measure([{ tests: [{ name: 'a', state: 'failed', record }] }]);
    expect(regressed).toEqual(['a']);
    expect(campaign.warnings).toEqual(['a: a regression is back']);
  });

  it('tells of errors outside any scenario', () => {
    const { mistakes } = measure([{ tests: [passed('a')] }], [{ message: 'nobody awaited this' }]);
    expect(mistakes[0]?.text).toContain('[SUITE_STRAY_ERROR] at the run: nobody awaited this');
  });
});
