// The README keeps its word: its examples are files that are checked like all others, and they do what it says.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { faults } from './chaos/catalogue.ts';
import { invariants } from './check/invariants.ts';
import { makeProject } from './cli/project.test-support.ts';

const repo = fileURLToPath(new URL('..', import.meta.url));
const examples = `${repo}fixtures/readme/`;
const readme = readFileSync(`${repo}README.md`, 'utf8');

/** The README's code by the path that its first line names. */
const shown = new Map(
  [...readme.matchAll(/^```ts\n(\/\/ ([\w./-]+): .*\n[^]*?)^```$/gm)].map(([, code = '', path = '']) => [
    path,
    code,
  ]),
);

const kept = readdirSync(examples, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .sort();

describe('the README', () => {
  const project = makeProject({});
  afterAll(() => project[Symbol.dispose]());

  it('shows the files of fixtures/readme, all of them, to the letter', () => {
    expect([...shown.keys()].sort()).toEqual(kept);
    for (const path of kept) expect(shown.get(path), path).toBe(readFileSync(examples + path, 'utf8'));
  });

  it('counts the faults and the invariants', () => {
    expect(readme).toContain(`${faults.length} kinds of fault`);
    expect(readme).toContain(`${invariants.length} invariants`);
  });

  it('tells how its examples come out: the steward holds, the plain function fails without a word', async () => {
    for (const [path, code] of shown) project.write(path, code);
    const { status, stdout, stderr } = await project.muster('run', '--trials', '6', '--workers', '1');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(
      /outcome +silent failure: .*it says done, and the result differs from the control/,
    );
    const plan = readme.split('\n').find((line) => line.startsWith('   plan      {'));
    expect(stdout.split('\n')).toContain(plan);
    const { scenarios } = JSON.parse(project.read('reports/latest/summary.json')) as {
      scenarios: readonly { readonly id: string; readonly failed: number }[];
    };
    expect(scenarios.filter(({ failed }) => failed > 0).map(({ id }) => id)).toEqual([
      'briefing/survives-a-flaky-provider',
    ]);
  }, 60_000);
});
