// The verbs run and replay, and a plain vitest run, as a user runs them: four child processes in one project.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProject, tinySuite, type Ended } from './project.test-support.ts';

const healthy = tinySuite('tiny/waits', 'expect(run).toRecover(); void trial;');
const failing = tinySuite('tiny/odd-trials-fail', "if (trial % 2 === 1) expect.fail('odd');");
const broken = `
import { z } from 'zod';
import { defineTeam } from 'passmuster';
const agent = { name: 'a', responsibility: 'r', instructions: 'i', input: z.object({}), output: z.object({}) };
defineTeam({ name: 'x', agents: [agent], routes: { kind: 'sequence', agents: ['a', 'ghost'] } });
`;

describe('in a project with a healthy, a failing and a broken suite', { timeout: 60_000 }, () => {
  const project = makeProject({ healthy, failing, broken });
  let all: Ended;
  let trials = '';

  beforeAll(async () => {
    all = await project.muster('run', '--workers', '2');
    trials = project.read('reports/latest/trials.jsonl');
  }, 60_000);

  afterAll(() => project[Symbol.dispose]());

  it('muster run ends with 2, and says what is wrong with the broken suite and where', () => {
    expect(all.status).toBe(2);
    expect(all.stderr).toMatch(
      /^suites\/broken\.suite\.ts\n\[TEAM_UNKNOWN_AGENT\] at .*got "ghost".*\n {2}hint: .*\n$/,
    );
  });

  it('muster run prints the table and the path of the report, in no colour', () => {
    expect(all.stdout).toMatch(/│ tiny\/waits +│ +4 │ +4 │ +0 │/);
    expect(all.stdout).toMatch(
      /gate error {2}1 of 3 .*\nseed 1, profile dev, 8 trials .*\nreport {2}reports\/latest\/index\.html\n$/,
    );
    expect(all.stdout).not.toContain('\u001b');
  });

  it('muster run leaves one whole report and nothing else', () => {
    expect(readdirSync(join(project.root, 'reports'))).toEqual(['latest']);
    const files = ['failures', 'index.html', 'junit.xml', 'summary.json', 'summary.md', 'trials.jsonl'];
    expect(readdirSync(join(project.root, 'reports/latest')).sort()).toEqual(files);
    expect(trials.match(/\n/g)).toHaveLength(8);
  });

  it('muster run --json of two suites in one worker fails with 1 and gives the same trials, byte for byte', async () => {
    const { status, stdout, stderr } = await project.muster(
      'run',
      'healthy',
      'failing',
      '--workers',
      '1',
      '--json',
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, seed: 1, verdict: 'fail' });
    expect(project.read('reports/latest/trials.jsonl')).toBe(trials);
  });

  it('the replay line of a trial runs it again, step by step, with its faults marked', async () => {
    const row = JSON.parse(trials.split('\n')[1] ?? '') as { readonly replay: string; readonly seed: number };
    const { status, stdout } = await project.muster(...row.replay.split(' ').slice(1), '--step');
    expect(stdout).toMatch(/^!! .* llm\.latency at /m);
    expect(stdout).toMatch(
      new RegExp(`^FAILED {2}tiny/odd-trials-fail, seed ${row.seed}: .*\n {3}odd$`, 'm'),
    );
    expect(status).toBe(1);
  });

  it('a plain vitest run writes the same trials, and says so in one line', async () => {
    const { status, stdout } = await project.vitest('healthy', 'failing');
    expect(stdout).toMatch(/^muster: gate fail, 1 of 2 .*; reports\/latest\/index\.html$/m);
    expect(project.read('reports/latest/trials.jsonl')).toBe(trials);
    expect(status).toBe(1);
  });
});
