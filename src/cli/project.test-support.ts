// A project of a user, in a temporary folder, and the command line run in it as a child process; for tests alone.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

const repo = fileURLToPath(new URL('../..', import.meta.url));
/** The package is outside of what vitest transforms, as one in `node_modules` is. */
const compiled = inject('compiled');
assert.ok(compiled, 'this test file must be one of `started` in vitest.config.ts');

const config = `
import { defineConfig } from 'vitest/config';
import { muster } from '${compiled}/vitest/plugin.js';
const alias = [
  { find: /^passmuster$/, replacement: '${compiled}/public/index.js' },
  { find: /^passmuster\\/([a-z-]+)$/, replacement: '${compiled}/public/$1.js' },
];
export default defineConfig({
  resolve: { alias },
  plugins: [muster()],
  test: { server: { deps: { external: [/muster-compiled-/] } } },
});
`;

const muster = join(compiled, 'cli/main.js');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that goes on until it is told to end. */
export interface Running {
  /** What it prints before the first end of a line; rejects when it ends without one. */
  readonly firstLine: Promise<string>;
  readonly ended: Promise<Ended>;
}

export interface Project extends Disposable {
  readonly root: string;
  muster(...words: readonly string[]): Promise<Ended>;
  started(...words: readonly string[]): Running;
  vitest(...words: readonly string[]): Promise<Ended>;
  read(path: string): string;
  write(path: string, text: string): void;
}

/** `suites`: texts by name. */
export function makeProject(suites: Readonly<Record<string, string>>): Project {
  const root = mkdtempSync(join(tmpdir(), 'muster-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  symlinkSync(join(repo, 'node_modules'), join(root, 'node_modules'));
  write('package.json', '{ "type": "module" }');
  write('vitest.config.ts', config);
  for (const [name, text] of Object.entries(suites)) write(`suites/${name}.suite.ts`, text);
  return {
    root,
    write,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    muster: async (...words) => start(root, [muster, ...words]).ended,
    started: (...words) => start(root, [muster, ...words]),
    vitest: async (...words) =>
      start(root, [join(repo, 'node_modules/vitest/vitest.mjs'), 'run', ...words]).ended,
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Four trials a scenario, and no other variable: the child must not take itself for a worker of this test run. */
function start(cwd: string, words: readonly string[]): Running {
  const env = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), MUSTER_TRIALS: '4' };
  const child = spawn(process.execPath, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.includes('\n')) resolve(stdout.slice(0, stdout.indexOf('\n')));
    });
    child.on('close', () => reject(new Error(`it ended without a line: ${stderr}`)));
  });
  firstLine.catch(() => undefined);
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
  return { firstLine, ended };
}

/** A suite over the doctor's tiny team; `after` is what the body says of each run. */
export function tinySuite(id: string, after: string): string {
  return `
import { expect } from 'vitest';
import { stewardTeam } from 'passmuster';
import { always, inject, plan } from 'passmuster/chaos';
import { noFailure, scenario } from 'passmuster/vitest';
import { tinyDoubles, tinyMission, tinyTeam } from '${compiled}/cli/doctor/tiny-team.js';
const subject = stewardTeam({ team: tinyTeam, doubles: tinyDoubles });
const chaos = plan('slow', 'it waits', [inject('llm.latency', { ms: 100, jitterMs: 50, dist: 'uniform' }, always())]);
scenario('${id}', { subject, gate: noFailure, regressions: 'forget' }, async ({ team, trials }) => {
  await trials(async (trial) => {
    const run = await team.run(tinyMission, { chaos });
    ${after}
  });
});
`;
}
