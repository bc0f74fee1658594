// Tests of `muster run --subject`: its flags, and a program without a suite from the first run to the replay.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeProject } from '../project.test-support.ts';
import { adHocText, lastAdHoc, openAdHoc } from './ad-hoc-subject.ts';
import { environmentSettings } from '../../vitest/environment-settings.ts';
import { replayAdHoc } from './replay-subject.ts';
import { runSubject } from './run-subject.ts';
import type { RunFlags } from '../run-flags.ts';
import { adHocOf, type SubjectFlags } from './subject-flags.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-subject-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

describe('the flags of --subject', () => {
  it.each<[string, () => string | undefined, object]>([
    ['none', () => undefined, { id: 'mission', goal: '', input: {} }],
    ['words', () => 'Go on.', { id: 'mission', goal: 'Go on.', input: { request: 'Go on.' } }],
    [
      'a mission file',
      () => file('m.json', { id: 'x', goal: 'g', input: { a: 1 }, context: { b: 2 } }),
      { id: 'x', goal: 'g', input: { a: 1 }, context: { b: 2 } },
    ],
    [
      'a file of input',
      () => file('order.json', { order: 'A-1' }),
      { id: 'order', goal: '', input: { order: 'A-1' } },
    ],
  ])('take a mission from %s', (_where, mission, expected) => {
    const text = mission();
    const told = adHocOf('x', text === undefined ? {} : { mission: text });
    expect(told.mission).toEqual({ context: {}, ...expected });
  });

  it('take plans by name and from files, and times as people write them', () => {
    const injections = [{ fault: { kind: 'llm.latency', ms: 1 }, trigger: { kind: 'always' } }];
    const own = file('p.json', { schemaVersion: 1, name: 'own', hypothesis: 'h', injections });
    const told = adHocOf('x', { plan: ['rate-limit', own], timeout: '2m', timeScale: '0.5' });
    expect(told.plans.map(({ name }) => name)).toEqual(['rate-limit', 'own']);
    expect(told).toMatchObject({ timeoutMs: 120_000, timeScale: 0.5 });
  });

  it.each<[SubjectFlags, string]>([
    [{ plan: ['rate-limits'] }, 'did you mean rate-limit?'],
    [{ mission: 'no-such-file.json' }, 'FILE_UNREADABLE'],
    [{ timeout: 'soon' }, 'BAD_DURATION'],
    [{ timeScale: '0' }, 'a factor is a number above zero'],
    [{ env: ['MUSTER_NOT_SET_AT_ALL'] }, 'no variable of this name is set'],
    [{ script: 'a.json', cassettes: 'b' }, 'not both'],
  ])('%j are refused: %s', (flags, message) => {
    expect(() => adHocOf('x', flags)).toThrow(message);
  });

  it.each<[RunFlags, string]>([
    [{ shard: '1/2' }, '--shard'],
    [{ lastFailed: true }, '--last-failed'],
    [{ tags: 'crashes' }, '--tags'],
    [{ workers: '2' }, '--workers'],
  ])('stand beside none that choose suites: %j', async (flags, named) => {
    await expect(runSubject('x', [], flags)).rejects.toThrow(`--subject runs none (got "${named}")`);
    await expect(runSubject('x', ['sales'], flags)).rejects.toThrow('(got "sales")');
  });

  it('are kept for the replay, without the values of variables', () => {
    const told = adHocOf('node team.js', { plan: ['rate-limit'], env: ['PATH'] });
    const text = adHocText(told);
    expect(text).not.toContain(process.env['PATH']);
    const project = makeProject({});
    project.write('reports/latest/subject.json', text);
    expect(lastAdHoc(project.root)).toEqual(told);
    expect(openAdHoc(told, project.root).subject.name).toBe('team');
    project.write('reports/latest/subject.json', '{');
    expect(() => lastAdHoc(project.root)).toThrow('AD_HOC_CORRUPT');
    project[Symbol.dispose]();
  });
});

describe('a program that no suite speaks of', { timeout: 60_000 }, () => {
  const project = makeProject({});
  afterAll(() => project[Symbol.dispose]());
  project.write(
    'team.mjs',
    `const ask = async () => {
      const answer = await fetch(process.env.OPENAI_BASE_URL + '/chat/completions', {
        method: 'POST',
        body: JSON.stringify({ model: 'm', messages: [{ role: 'system', content: 'You are the clerk.' }] }),
      });
      return answer.ok ? (await answer.json()).choices[0].message.content : null;
    };
    console.log(JSON.stringify({ said: (await ask()) ?? 'I had no luck.' }));`,
  );
  const injections = [{ fault: { kind: 'llm.serverError', status: 500 }, trigger: { kind: 'nth', n: 1 } }];
  project.write('once.json', JSON.stringify({ schemaVersion: 1, name: 'once', hypothesis: 'h', injections }));

  it('is run, judged beside its control, and found out; the replay lines run it again', async () => {
    const flags = ['--plan', 'slow-provider', '--plan', 'once.json', '--trials', '1', '--time-scale', '0.01'];
    const ran = await project.muster('run', '--subject', 'node team.mjs', ...flags);
    expect(ran.stderr).toBe('');
    expect(ran.status).toBe(1);
    expect(ran.stdout).toMatch(/team\/slow-provider .* 1 absorbed .* pass/);
    expect(ran.stdout).toMatch(/team\/once .* 1 silent failure .* fail/);
    const id = /muster replay (team-once-\w+)/.exec(ran.stdout)?.[1] ?? '';
    const settings = environmentSettings(project.root);
    const file = { kind: 'file', path: `reports/latest/failures/${id}.json` } as const;
    for (const from of [file, { kind: 'trial', trial: 0 } as const]) {
      const replay = { scenario: 'team/once', from };
      const replayed = await replayAdHoc({ ...settings, replay });
      expect(replayed).toMatchObject({ passed: false, outcome: 'silent failure' });
      expect(replayed?.traceHashes[1]).toBe(replayed?.traceHashes[0]);
      expect(replayed?.events.find(({ tone }) => tone === 'fault')?.lane).toMatch(/^clerk-[0-9a-f]{4}$/);
    }
    expect(await replayAdHoc({ ...settings, replay: { scenario: 'sales/other', from: file } })).toBeNull();
  });
});
