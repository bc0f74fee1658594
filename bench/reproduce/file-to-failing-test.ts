// From file to failing test: the package as it is installed, in a folder of its own, two processes one after the other.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { elapsedMs } from '../../src/base/clock.ts';
import { MusterError } from '../../src/base/muster-error.ts';

const repo = fileURLToPath(new URL('../..', import.meta.url));
const times = 3;

/**
 * Milliseconds of `muster import --as loop` and `muster run` on one trace, the median of three. `flags`: more words of the
 * import. Throws NOT_BUILT.
 */
export function fileToFailingTest(trace: string, flags: readonly string[] = []): number {
  const took: number[] = [];
  for (let time = 0; time < times; time += 1) took.push(once(trace, flags));
  return Math.round(took.sort((one, other) => one - other)[1] ?? 0);
}

function once(trace: string, flags: readonly string[]): number {
  const root = installed();
  try {
    writeFileSync(join(root, 'incident.json'), trace);
    const startMs = elapsedMs();
    expectStatus(0, root, ['import', 'incident.json', '--as', 'loop', ...flags]);
    expectStatus(1, root, ['run', 'incident/does-not-loop']);
    return elapsedMs() - startMs;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The package is a copy: vitest takes what is linked for sources, and would transform it. */
function installed(): string {
  const dist = join(repo, 'dist');
  if (!existsSync(dist))
    throw new MusterError({
      code: 'NOT_BUILT',
      place: dist,
      message: 'what is timed is the built package, and there is none',
      hint: 'npm run build',
    });
  const root = mkdtempSync(join(tmpdir(), 'muster-'));
  const modules = join(root, 'node_modules');
  const own = join(modules, 'passmuster');
  mkdirSync(own, { recursive: true });
  for (const name of readdirSync(join(repo, 'node_modules')))
    if (name !== 'passmuster') symlinkSync(join(repo, 'node_modules', name), join(modules, name));
  cpSync(dist, join(own, 'dist'), { recursive: true });
  cpSync(join(repo, 'package.json'), join(own, 'package.json'));
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  return root;
}

function expectStatus(status: number, root: string, words: readonly string[]): void {
  const main = join(root, 'node_modules', 'passmuster', 'dist', 'cli', 'main.js');
  const ended = spawnSync(process.execPath, [main, ...words], { cwd: root, encoding: 'utf8' });
  if (ended.status !== status) throw new Error(`muster ${words.join(' ')}: ${ended.stdout}${ended.stderr}`);
}
