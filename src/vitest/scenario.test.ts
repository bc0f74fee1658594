// Scenarios: a claim that fails is a failing vitest test that hands back its record; here as vitest itself runs them.
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVitest, type TestCase, type Vitest } from 'vitest/node';
import type { MusterSettings } from './settings.ts';

const src = fileURLToPath(new URL('..', import.meta.url));

/** The toy is harmed by `handoff.drop` alone, and nothing lands before its third crossing. */
const suite = `
import fc from 'fast-check';
import { expect } from 'vitest';
import { noFailure } from '${src}campaign/gate-policy.ts';
import { planOf, toyMission, toySubject as subject } from '${src}campaign/toy-subject.test-support.ts';
import { scenario } from '${src}vitest/scenario.ts';
const options = { subject, gate: noFailure };
scenario('toy/holds', options, ({ team, trials }) =>
  trials(() => team.run(toyMission, { chaos: planOf(['llm.latency', 3]) })));
scenario('toy/breaks', options, ({ team, trials }) =>
  trials(() => team.run(toyMission, { chaos: planOf(['llm.latency', 9], ['handoff.drop', 9]) })));
scenario('toy/calm-complaint', options, ({ team, trials }) =>
  trials(async () => { await team.run(toyMission); expect(1).toBe(2); }));
scenario('toy/any', options, ({ team, forAll }) =>
  forAll(fc.integer({ min: 0, max: 40 }), async (n) => {
    await team.run(toyMission, { chaos: n === 0 ? planOf() : planOf(['llm.latency', 4], ['handoff.drop', n]) });
  }));
scenario('toy/nothing', { ...options, tags: ['odd', 'idle'] }, async () => undefined);
scenario('toy/twice', options, ({ team, trials }) =>
  trials(async () => { await team.run(toyMission); await team.run(toyMission); }));
`;

const settings: Omit<MusterSettings, 'root'> = { seed: 11, profile: 'pr', trials: 5, tags: [], replay: null };
const { exitCode } = process;
const root = mkdtempSync(join(tmpdir(), 'muster-scenario-'));

let vitest: Vitest;

/** One vitest for all runs: what it has transformed once, it keeps. */
async function runSuite(changes: Partial<MusterSettings> = {}): Promise<ReadonlyMap<string, TestCase>> {
  vitest.provide('muster', { ...settings, root, ...changes });
  await vitest.runTestSpecifications(await vitest.globTestSpecifications(), true);
  const modules = vitest.state.getTestModules();
  expect(modules.flatMap((module) => module.errors())).toEqual([]);
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  return new Map(tests.map((test) => [test.name, test]));
}

const complaint = (test: TestCase | undefined): string => test?.result().errors?.[0]?.message ?? '';
const kept = (): readonly string[] => readdirSync(join(root, 'fixtures/regressions')).sort();

describe('scenarios in a project of their own', { timeout: 60_000 }, () => {
  let first: ReadonlyMap<string, TestCase>;
  let second: ReadonlyMap<string, TestCase>;

  beforeAll(async () => {
    symlinkSync(join(src, '../node_modules'), join(root, 'node_modules'));
    writeFileSync(join(root, 'toy.suite.ts'), suite);
    vitest = await createVitest('test', {
      root,
      config: false,
      watch: false,
      include: ['*.suite.ts'],
      reporters: [{}],
    });
    first = await runSuite();
    second = await runSuite({ trials: 1 });
  }, 60_000);
  afterAll(async () => {
    await vitest.close();
    process.exitCode = exitCode;
    rmSync(root, { recursive: true });
  });

  it('that hold are passing tests, with a row for each trial', () => {
    expect(first.get('toy/holds')?.result().state).toBe('passed');
    expect(first.get('toy/holds')?.meta().muster?.rows).toHaveLength(5);
  });

  it('that do not are failing tests, which name the gate, the first failure and its replay', () => {
    const test = first.get('toy/breaks');
    expect(test?.result().state).toBe('failed');
    expect(complaint(test)).toMatch(
      /toy\/breaks: fail: .*\n {2}first: silent failure, .*\n {2}replay: muster replay /,
    );
  });

  it('hand back their record, with the failing plan shrunk to the culprit at its first crossing', () => {
    const [failure] = first.get('toy/breaks')?.meta().muster?.failures ?? [];
    expect(failure?.plan.injections).toHaveLength(2);
    expect(failure?.shrunk.injections).toMatchObject([
      { fault: { kind: 'handoff.drop' }, trigger: { kind: 'nth', n: 3 } },
    ]);
  });

  it('shrink a generated value to one that still fails so, and not to one whose fault never lands', () => {
    const [failure] = first.get('toy/any')?.meta().muster?.failures ?? [];
    expect(failure?.outcome).toBe('silent failure');
    expect(failure?.plan.injections.at(-1)).toMatchObject({
      fault: { kind: 'handoff.drop' },
      trigger: { n: 3 },
    });
    expect(failure?.shrunk.injections).toHaveLength(1);
  });

  it('keep each failing plan, and run it first the next time', () => {
    const back = second.get('toy/breaks');
    expect(kept().filter((name) => name.startsWith('toy-breaks'))).toHaveLength(1);
    expect(complaint(back)).toContain('a regression is back: ');
    expect(back?.meta().muster?.failures[0]).toMatchObject({ trial: -1, shrunk: { injections: [{}] } });
  });

  it('that fail without chaos are kept as well, and can be run again', () => {
    expect(first.get('toy/calm-complaint')?.meta().muster?.failures[0]?.why).toContain('expected 1 to be 2');
    expect(kept().filter((name) => name.startsWith('toy-calm-complaint'))).not.toEqual([]);
    expect(complaint(second.get('toy/calm-complaint'))).toContain('a regression is back: expected 1 to be 2');
  });

  it('that try nothing, or run the team twice in one trial, are mistakes and say so', () => {
    expect(complaint(first.get('toy/nothing'))).toMatch(/^\[[A-Z_]+\] at scenario toy\/nothing/);
    expect(complaint(first.get('toy/twice'))).toContain('[TRIAL_TWO_RUNS]');
  });

  it('can be replayed by the number of a trial, also one beyond those of the profile', async () => {
    const from = { kind: 'trial', trial: 25 } as const;
    const replayed = await runSuite({ replay: { scenario: 'toy/any', from } });
    const told = replayed.get('toy/any')?.meta().replayed;
    const n = fc.sample(fc.integer({ min: 0, max: 40 }), { seed: 11, numRuns: 26 })[25]!;
    expect(n).toBeGreaterThan(2);
    expect(told).toMatchObject({ scenario: 'toy/any', outcome: 'silent failure', passed: false });
    expect(told?.traceHashes[0]).toBe(told?.traceHashes[1]);
    expect(replayed.get('toy/holds')?.result().state).toBe('skipped');
  });

  it('are chosen by any of their tags; what is replayed is run whatever its tags', async () => {
    const ran = (tests: ReadonlyMap<string, TestCase>): readonly string[] =>
      [...tests].filter(([, test]) => test.result().state !== 'skipped').map(([name]) => name);
    expect(ran(await runSuite({ tags: ['calm', 'idle'] }))).toEqual(['toy/nothing']);
    const replay = { scenario: 'toy/holds', from: { kind: 'trial', trial: 1 } } as const;
    expect(ran(await runSuite({ tags: ['idle'], replay }))).toEqual(['toy/holds']);
  });
});

describe('the values of forAll', () => {
  const values = fc.record({ n: fc.integer(), list: fc.array(fc.string(), { maxLength: 4 }) });

  it('are drawn again by their path: the i-th sample is where fast-check starts at path i', async () => {
    const drawn = fc.sample(values, { seed: 7, numRuns: 12 });
    for (const [index, expected] of drawn.entries()) {
      let first: unknown;
      const property = fc.asyncProperty(values, async (value) => {
        first ??= value;
        return true;
      });
      await fc.check(property, { seed: 7, path: String(index), numRuns: 1, endOnFailure: false });
      expect(first).toEqual(expected);
    }
  });

  it('do not depend on how many are drawn', () => {
    const some = fc.sample(values, { seed: 3, numRuns: 5 });
    expect(fc.sample(values, { seed: 3, numRuns: 50 }).slice(0, 5)).toEqual(some);
  });
});
