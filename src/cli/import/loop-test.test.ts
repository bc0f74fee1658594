// From loop to test: all files or none, names that are no paths, and a suite that fails on the loop and passes without it.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstRoundOnly } from '../../campaign/incident/first-round.ts';
import { incidentCassette } from '../../campaign/incident/incident-cassette.ts';
import { parseRound, readRound, roundText } from '../../campaign/incident/round-file.ts';
import { readTrace } from '../../campaign/read-trace.ts';
import { runTrial } from '../../campaign/trial.ts';
import { faultyLoops } from '../../check/loops.ts';
import { importText } from '../../import/import-text.ts';
import type { Imported } from '../../import/imported.ts';
import { cassetteText, parseCassette, readCassette } from '../../llm/cassette/cassette-file.ts';
import type { Cassette } from '../../llm/cassette/recording.ts';
import { roundOf, type Mark } from '../../loop/marked-round.ts';
import { timesAround } from '../../loop/walked-round.ts';
import { recordedTeam } from '../../subject/recorded-team.ts';
import type { Trace } from '../../trace/trace.ts';
import { traceLines } from '../../trace/trace-file.ts';
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

const login = (name: string, reply: string) => [
  { agent: 'boss', role: 'message', content: `Sign in as ${name} with the word tulip.` },
  { agent: 'clerk', role: 'tool_call', tool: 'sign_in', content: `{"name":"${name}"}` },
  { agent: 'clerk', role: 'tool_result', tool: 'sign_in', content: 'refused' },
  { agent: 'clerk', role: 'message', content: `Refused. ${reply}` },
];
const replies = ['Is that the right name?', 'Please look the name up again, as before.'];
const preface = [
  { agent: 'boss', role: 'message', content: 'We need the open invoices.' },
  { agent: 'clerk', role: 'message', content: 'I have to sign in for that.' },
];
/** By the numbers of steps: what the user says is the first. */
const loginRound = { firstStep: 4, lastStep: 7 } as const;

/** The same try twice is too little for the detector; a person may mark it. */
function logins(rounds: number, more: readonly object[] = []): Imported {
  const tries = replies.slice(0, rounds).flatMap((reply) => login('ann', reply));
  return importText([JSON.stringify({ messages: [start, ...preface, ...tries, ...more] })], { format: null });
}

/** The same work for others is no second round. */
const healthy = logins(1, [...login('bob', replies[0] ?? ''), ...login('eve', replies[1] ?? '')]);

/** Another trace and cassette under a suite that was written for the whole one. */
function writeTwin(project: Project, name: string, { runs: [trace], asks }: Imported): void {
  if (trace === undefined) throw new Error('no run');
  project.write(`fixtures/traces/${name}.ndjson`, [...traceLines([trace])].join(''));
  project.write(`fixtures/cassettes/${name}.json`, cassetteText(incidentCassette(trace, asks)));
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
  it(
    'fails on the loop when it is run by the command line, found or marked, and passes on its twins',
    {
      timeout: 120_000,
    },
    async () => {
      using project = makeProject({});
      const all = { ...asFound, name: null, out: project.root };
      expect(writeLoopTest('found.json', imported(5), all).paths).toEqual([
        'fixtures/cassettes/found.json',
        'fixtures/traces/found.ndjson',
        'fixtures/regressions/found.json',
        'suites/found.suite.ts',
      ]);
      for (const name of ['marked', 'healthy'])
        writeLoopTest(`${name}.json`, logins(2), { ...all, mark: loginRound });
      writeTwin(project, 'healthy', healthy);
      const { status, stdout } = await project.muster('run');
      expect(stdout).toMatch(/ run_tests 5 times.*: expected no loop/);
      expect(stdout).toMatch(
        /times around the marked round of boss, clerk, .*: expected 2 to be less than or equal to 1/,
      );
      expect(stdout.match(/^fail {2}\w+/gm)).toEqual(['fail  found', 'fail  marked']);
      expect(stdout).toMatch(/1 of 3 scenarios passes/);
      expect(status).toBe(1);
    },
  );

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

  it('of a marked round is its own claim, with the round in a file beside it', () => {
    using project = makeProject({});
    const calm = { ...asFound, name: 'marked', out: project.root };
    expect(() => writeLoopTest('f.json', logins(2), calm)).toThrow('IMPORT_NO_LOOP');
    const test = writeLoopTest('f.json', logins(2), { ...calm, mark: loginRound });
    expect(test.paths.slice(-2)).toEqual(['fixtures/rounds/marked.json', 'suites/marked.suite.ts']);
    expect(test.why).toMatch(
      /^marked round of boss, clerk, steps 4 to 7, 2 times: .*, of 3 steps 2 the same and 1 in like words$/,
    );
    expect(test.mended).toBe('with its first round alone the recording passes');
    const suite = project.read('suites/marked.suite.ts');
    expect(suite).toContain(
      'expect(timesAround(run.chaos, round), `times around the ${incident}`).toBeLessThanOrEqual(1);',
    );
    expect(suite).not.toContain('toLoop');
    expect(readRound(join(project.root, 'fixtures/rounds/marked.json')).steps).toMatchObject([
      { agent: 'boss', kind: 'said', text: 'Sign in as ann with the word tulip.', alike: 1 },
      { agent: 'clerk', kind: 'used', tool: 'sign_in', text: '{"name":"ann"}', alike: 1 },
      { agent: 'clerk', kind: 'said', text: 'Refused. Is that the right name?' },
    ]);
  });

  it.for([
    ['the whole recording', logins(2), 2],
    ['one that is cut before the loop', logins(0), 0],
    ['one that is cut after its first round', logins(1), 1],
    ['one in which another round is planted', logins(1, login('ann', replies[0] ?? '')), 2],
    ['one that does the same for others', healthy, 1],
  ] as const)('of a marked round, played on %s', async ([, { runs, asks }, times]) => {
    const [recording] = logins(2).runs;
    const [trace] = runs;
    if (recording === undefined || trace === undefined) throw new Error('no run');
    const round = parseRound(roundText(roundOf(recording, loginRound)), 'here');
    const cassette = parseCassette(cassetteText(incidentCassette(trace, asks)), 'here');
    expect(timesAround(await play(trace, cassette), round)).toBe(times);
  });

  it('takes the run that is asked for, and none that is not there', () => {
    using project = makeProject({});
    const ended = conversation(1, [{ agent: 'boss', role: 'message', content: 'Thank you, that is all.' }]);
    const file = importText([JSON.stringify(ended), '\n', JSON.stringify(conversation(4)), '\n'], {
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
