// From loop to test: all files or none, names that are no paths, and a suite that fails on the loop and passes without it.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstRoundOnly } from '../../campaign/incident/first-round.ts';
import { readTrace } from '../../campaign/read-trace.ts';
import { runTrial } from '../../campaign/trial.ts';
import { faultyLoops } from '../../check/loops.ts';
import { importText } from '../../import/import-text.ts';
import type { Imported } from '../../import/imported.ts';
import { readCassette } from '../../llm/cassette-file.ts';
import type { Cassette } from '../../llm/recording.ts';
import type { Mark } from '../../loop/marked-round.ts';
import { recordedTeam } from '../../subject/recorded-team.ts';
import type { Trace } from '../../trace/trace.ts';
import { makeProject, type Project } from '../project.test-support.ts';
import { writeLoopTest } from './loop-test.ts';

const start = { agent: 'user', role: 'message', content: 'Make the tests pass.' };
const round = [
  { agent: 'developer', role: 'tool_call', tool: 'run_tests', content: '{"suite":"all"}' },
  { agent: 'developer', role: 'tool_result', tool: 'run_tests', content: '1 failed' },
];

function conversation(rounds: number, more: readonly object[] = []): object {
  return { messages: [start, ...Array.from({ length: rounds }, () => round).flat(), ...more] };
}

function imported(rounds: number, more: readonly object[] = []): Imported {
  return importText([JSON.stringify(conversation(rounds, more))], { format: null });
}

/** Two who take turns and say something new each time: nobody finds a loop there. */
function walking(rounds: number): Imported {
  const words = ['Plan the trip.', 'Booked a hotel near the sea.', 'Now the flight.', 'It leaves at noon.'];
  const said = Array.from({ length: 2 * rounds }, (_, at) => ({
    agent: at % 2 === 0 ? 'planner' : 'worker',
    role: 'message',
    content: words[at] ?? `Another thing altogether, of which number ${at} is the only one.`,
  }));
  return importText([JSON.stringify({ messages: [start, ...said] })], { format: null });
}

async function play(trace: Trace, cassette: Cassette): Promise<Trace> {
  const { mission, seed } = trace;
  const subject = recordedTeam({ trace, cassette });
  return (await runTrial({ subject, mission, seed, plan: null })).chaos;
}

const asFound = { mark: null, run: null } as const;

const written = ({ root }: Project) =>
  ['fixtures', 'suites'].flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      : [],
  );

describe('a test of a loop', () => {
  it('fails on the loop when it is run by the command line', { timeout: 120_000 }, async () => {
    using project = makeProject({});
    const test = writeLoopTest('incident.json', imported(5), { ...asFound, name: null, out: project.root });
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
  });

  it('passes with the first round alone, and says so where nothing comes before the loop', async () => {
    using project = makeProject({});
    const all = { ...asFound, name: null, out: project.root };
    const plan = { agent: 'planner', role: 'message', content: 'First the tests.' };
    const messages = [start, plan, ...Array.from({ length: 5 }, () => round).flat()];
    const late = importText([JSON.stringify({ messages })], { format: null });
    expect(writeLoopTest('late.json', late, all).mended).toBe(
      'with its first round alone the recording passes',
    );
    expect(writeLoopTest('early.json', imported(5), all).mended).toBe(
      'no agent does anything before the loop; with its first round alone the recording passes',
    );
    const trace = readTrace(join(project.root, 'fixtures/traces/early.ndjson'));
    const cassette = readCassette(join(project.root, 'fixtures/cassettes/early.json'));
    const [loop] = faultyLoops(trace);
    if (loop === undefined) throw new Error('no loop');
    const cut = firstRoundOnly(trace, loop);
    expect(cut.events.filter(({ kind }) => kind === 'tool.called')).toHaveLength(1);
    const [whole, mended] = await Promise.all([play(trace, cassette), play(cut, cassette)]);
    expect(faultyLoops(whole)).toHaveLength(1);
    expect(faultyLoops(mended)).toEqual([]);
  });

  it('of a marked round counts how often a run goes around it', async () => {
    using project = makeProject({});
    const calm = { ...asFound, name: 'marked', out: project.root };
    const walk = walking(3);
    expect(() => writeLoopTest('f.json', walk, calm)).toThrow('IMPORT_NO_LOOP');
    const test = writeLoopTest('f.json', walk, { ...calm, mark: { firstStep: 2, lastStep: 3 } });
    expect(test.why).toBe(
      'marked round of planner, worker, steps 2 to 3, 3 times: the same agents, tools and handoffs',
    );
    expect(test.mended).toMatch(/alone the recording passes$/);
    expect(project.read('suites/marked.suite.ts')).toContain(
      'timesAround(run.chaos, trace, {"firstStep":2,"lastStep":3})',
    );
  });

  it('takes the run that is asked for, and none that is not there', () => {
    using project = makeProject({});
    const file = importText([JSON.stringify(conversation(1)), '\n', JSON.stringify(conversation(4)), '\n'], {
      format: 'messages',
    });
    expect(file.runs).toHaveLength(2);
    const of =
      (run: number | null, mark: Mark | null = null) =>
      () =>
        writeLoopTest('f.jsonl', file, { name: `run-${run}`, out: project.root, run, mark });
    expect(of(1)).toThrow('IMPORT_NO_LOOP');
    expect(of(2)().asks).toBe(4);
    expect(of(3)).toThrow(/IMPORT_NO_RUN.*"?3"?[\s\S]*there are 2 runs/);
    expect(of(null, { firstStep: 2, lastStep: 2 })).toThrow('IMPORT_WHICH_RUN');
  });

  it('brings the config along where the folder has none, and leaves one that is there alone', () => {
    using project = makeProject({});
    const all = { ...asFound, name: null };
    expect(writeLoopTest('f.json', imported(4), { ...all, out: project.root }).paths).toHaveLength(4);
    const bare = join(project.root, 'bare');
    expect(writeLoopTest('f.json', imported(4), { ...all, out: bare }).paths[0]).toBe('vitest.config.mts');
    expect(project.read('bare/vitest.config.mts')).toContain('plugins: [muster()]');
  });

  it.for([
    ['../../etc/passwd', 'etc-passwd'],
    ["x'; process.exit() //", 'x-process-exit'],
    ['…', 'incident'],
    ['Ping Pong', 'ping-pong'],
  ] as const)('named %s is written as %s', ([name, slug]) => {
    using project = makeProject({});
    const test = writeLoopTest('f.json', imported(4), { ...asFound, name, out: project.root });
    expect(test.paths.at(-1)).toBe(`suites/${slug}.suite.ts`);
    expect(written(project).filter((path) => path.includes('.'))).toHaveLength(4);
  });

  it('is not written over what is there, and of one that cannot be written whole nothing is left', () => {
    using project = makeProject({ taken: 'mine' });
    const options = { ...asFound, name: 'taken', out: project.root };
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
    const options = { ...asFound, name: 'calm', out: project.root };
    expect(() => writeLoopTest('f.json', imported(1), options)).toThrow(/IMPORT_NO_LOOP\] at f\.json/);
    expect(written(project)).toEqual([]);
  });

  it('holds no secret of the trace, and none of its words as code', () => {
    using project = makeProject({});
    const key = `sk-${'a1'.repeat(12)}`;
    const said = { agent: 'developer', role: 'message', content: `\`\${process.exit(7)}\` */ ' ${key}` };
    const { paths } = writeLoopTest('f.json', imported(4, [said]), {
      ...asFound,
      name: 'words',
      out: project.root,
    });
    for (const path of paths) expect(project.read(path)).not.toContain(key);
    expect(project.read('suites/words.suite.ts')).not.toContain('process.exit');
    expect(project.read('fixtures/traces/words.ndjson')).toContain('process.exit');
  });
});
