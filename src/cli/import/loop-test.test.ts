// From loop to test: all files or none, names that are no paths, and a suite that fails on the loop and passes without it.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importText } from '../../import/import-text.ts';
import type { Imported } from '../../import/imported.ts';
import { makeProject, type Project } from '../project.test-support.ts';
import { writeLoopTest } from './loop-test.ts';

const start = { agent: 'user', role: 'message', content: 'Make the tests pass.' };
const round = [
  { agent: 'developer', role: 'tool_call', tool: 'run_tests', content: '{"suite":"all"}' },
  { agent: 'developer', role: 'tool_result', tool: 'run_tests', content: '1 failed' },
];

function imported(rounds: number, more: readonly object[] = []): Imported {
  const messages = [start, ...Array.from({ length: rounds }, () => round).flat(), ...more];
  return importText([JSON.stringify({ messages })], { format: null });
}

const written = ({ root }: Project) =>
  ['fixtures', 'suites'].flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      : [],
  );

describe('a test of a loop', () => {
  it('fails on the loop, and is mended once the loop is gone', { timeout: 120_000 }, async () => {
    using project = makeProject({});
    const test = writeLoopTest('incident.json', imported(5), { name: null, out: project.root });
    expect(test.paths).toEqual([
      'fixtures/cassettes/incident.json',
      'fixtures/traces/incident.ndjson',
      'fixtures/regressions/incident.json',
      'suites/incident.suite.ts',
    ]);
    const failed = await project.muster('replay', 'incident', '--step');
    expect(failed.stdout).toMatch(/FAILED {2}incident\/does-not-loop/);
    expect(failed.stdout).toMatch(/uses run_tests/);
    expect(failed.stdout).toMatch(/5 times/);
    expect(failed.status).toBe(1);
    const whole = project.read('fixtures/traces/incident.ndjson').split('\n');
    project.write('fixtures/traces/incident.ndjson', `${whole.slice(0, 6).join('\n')}\n`);
    const mended = await project.muster('replay', 'incident');
    expect(mended.stdout).toMatch(/FIXED {2}incident\/does-not-loop/);
    expect(mended.status).toBe(0);
  });

  it.for([
    ['../../etc/passwd', 'etc-passwd'],
    ["x'; process.exit() //", 'x-process-exit'],
    ['…', 'incident'],
    ['Ping Pong', 'ping-pong'],
  ] as const)('named %s is written as %s', ([name, slug]) => {
    using project = makeProject({});
    const test = writeLoopTest('f.json', imported(4), { name, out: project.root });
    expect(test.paths.at(-1)).toBe(`suites/${slug}.suite.ts`);
    expect(written(project).filter((path) => path.includes('.'))).toHaveLength(4);
  });

  it('is not written over what is there, and of one that cannot be written whole nothing is left', () => {
    using project = makeProject({ taken: 'mine' });
    const options = { name: 'taken', out: project.root };
    expect(() => writeLoopTest('f.json', imported(4), options)).toThrow('IMPORT_EXISTS');
    expect(project.read('suites/taken.suite.ts')).toBe('mine');
    expect(written(project)).toEqual(['taken.suite.ts']);
    project.write('fixtures/regressions', 'a file where a folder must be');
    expect(() => writeLoopTest('f.json', imported(4), { ...options, name: 'half' })).toThrow(
      /EEXIST|ENOTDIR/,
    );
    expect(written(project).filter((path) => path.includes('half'))).toEqual([]);
  });

  it('is refused where nobody goes round, because it would pass from the start', () => {
    using project = makeProject({});
    const options = { name: 'calm', out: project.root };
    expect(() => writeLoopTest('f.json', imported(1), options)).toThrow(/IMPORT_NO_LOOP\] at f\.json/);
    expect(written(project)).toEqual([]);
  });

  it('holds no secret of the trace, and none of its words as code', () => {
    using project = makeProject({});
    const key = `sk-${'a1'.repeat(12)}`;
    const said = { agent: 'developer', role: 'message', content: `\`\${process.exit(7)}\` */ ' ${key}` };
    const { paths } = writeLoopTest('f.json', imported(4, [said]), { name: 'words', out: project.root });
    for (const path of paths) expect(project.read(path)).not.toContain(key);
    expect(project.read('suites/words.suite.ts')).not.toContain('process.exit');
    expect(project.read('fixtures/traces/words.ndjson')).toContain('process.exit');
  });
});
