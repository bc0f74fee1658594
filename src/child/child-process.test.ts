// Tests of child processes: what they are told and say, how they end, and that nothing of them is left.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { traceHash } from '../campaign/trace-hash.ts';
import type { RunPlan } from '../engine/run.ts';
import { say } from '../llm/answer-draft.ts';
import { playback } from '../llm/cassette/playback.ts';
import { createDigester } from '../llm/cassette/recording.ts';
import { script } from '../llm/script.ts';
import { runPlan } from '../subject/solo-team.test-support.ts';
import type { Trace } from '../trace/trace.ts';
import { childProcess, type ChildProcessParts } from './child-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-child-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const model = script({ agents: { writer: [say('a line')] } });

/** Runs a program of a few lines of JavaScript. */
async function run(
  program: string,
  more: Partial<ChildProcessParts> = {},
  plan: RunPlan = runPlan(),
): Promise<Trace> {
  const path = join(folder, `p${program.length}-${Math.abs(hash(program))}.mjs`);
  writeFileSync(path, program);
  const attribution = [{ agent: 'writer', system: 'writer' }];
  const parts = { name: 'p', command: [process.execPath, path], model, attribution, ...more };
  return childProcess(parts).run(plan);
}

function hash(text: string): number {
  let mixed = 0;
  for (const char of text) mixed = (Math.imul(mixed, 31) + char.charCodeAt(0)) | 0;
  return mixed;
}

function endOf({ events }: Trace): string {
  const ended = events.find((event) => event.kind === 'mission.ended');
  if (ended?.kind === 'mission.ended') return `${ended.end}: ${ended.reason}`;
  const stopped = events.at(-1);
  return stopped?.kind === 'run.stopped' ? `${stopped.why}: ${stopped.detail}` : '';
}

const asks = `
const ask = async () => {
  const answer = await fetch(process.env.OPENAI_BASE_URL + '/chat/completions', {
    method: 'POST',
    body: JSON.stringify({ model: 'm', messages: [{ role: 'system', content: 'You are the writer.' }] }),
  });
  if (!answer.ok) throw new Error('status ' + answer.status);
  return (await answer.json()).choices[0].message.content;
};`;

describe('a child process', () => {
  it('is told its mission on stdin and in the environment, and its answer is the last line of JSON', async () => {
    const trace = await run(`${asks}
      let stdin = '';
      for await (const chunk of process.stdin) stdin += chunk;
      console.log('progress');
      const mission = JSON.parse(stdin);
      const same = stdin.trim() === process.env.MUSTER_MISSION;
      console.log(JSON.stringify({ goal: mission.goal, same, said: await ask() }));`);
    expect(trace.result).toEqual({ goal: 'a line', same: true, said: 'a line' });
    expect(trace.events.map(({ kind }) => kind)).toEqual([
      'mission.started',
      'model.called',
      'model.answered',
      'mission.ended',
      'run.stopped',
    ]);
    expect(endOf(trace)).toBe('done: the process ended with exit code 0');
  });

  it('sees a short list of variables, what the user adds, and no other', async () => {
    process.env['MUSTER_TEST_SECRET'] = 'leak';
    const { result } = await run('console.log(JSON.stringify(process.env))', { env: { ADDED: 'yes' } });
    delete process.env['MUSTER_TEST_SECRET'];
    expect(result).toMatchObject({ ADDED: 'yes', OPENAI_API_KEY: 'offline-muster-key', NO_PROXY: '*' });
    expect(
      Object.keys(result ?? {}).filter((name) => /SECRET|^VITEST|^npm_|_PROXY_|^HTTPS?_/i.test(name)),
    ).toEqual([]);
  });

  it.each([
    ['text as it is', 'console.log("one\\ntwo")', { output: 'one\ntwo' }, 'done'],
    ['JSON over several lines', 'console.log(JSON.stringify({ a: 1 }, null, 2))', { a: 1 }, 'done'],
    ['nothing', '', null, 'failed: exit code 0, and nothing on stdout'],
    ['a failure', 'console.error("no\\nluck"); process.exit(3)', null, 'failed: exit code 3: luck'],
    [
      'a failure after an answer',
      'console.log("{}"); process.exitCode = 1',
      null,
      'failed: exit code 1: it said nothing',
    ],
    ['a signal', 'process.kill(process.pid, "SIGKILL")', null, 'failed: killed by SIGKILL'],
  ])('may print %s', async (_what, program, result, end) => {
    const trace = await run(program);
    expect(trace.result).toEqual(result);
    expect(endOf(trace)).toContain(end);
  });

  it('has its stderr in the trace, the newest part of it', async () => {
    const { events } = await run('process.stderr.write("x".repeat(100_000) + "last words")');
    const said = events.find((event) => event.kind === 'message.said');
    expect(said).toMatchObject({ agent: 'stderr', role: 'environment' });
    const content = said?.kind === 'message.said' ? said.content : '';
    expect(content).toMatch(/^\(83626 bytes before this were dropped\)\nx+last words$/);
    expect(content.length).toBeLessThan(16_500);
  });

  it('is bent by chaos, and two runs of one seed are alike whatever the machine takes for them', async () => {
    const program = `${asks}
      try { console.log(await ask()); } catch (error) { console.log(await ask() + ' after ' + error.message); }`;
    const chaos = runPlan([
      { fault: { kind: 'llm.serverError', status: 503 }, trigger: { kind: 'nth', n: 1 } },
    ]);
    const [one, same] = [
      await run(program, {}, chaos),
      await run(`${program}\nconsole.error(Math.random());`, {}, chaos),
    ];
    expect(one.result).toEqual({ output: 'a line after status 503' });
    expect(one.events.some(({ kind }) => kind === 'fault.witnessed')).toBe(true);
    expect(traceHash(same)).toBe(traceHash(one));
    expect(traceHash(await run(program))).not.toBe(traceHash(one));
  });
});

describe('time', () => {
  it('runs out: the whole group is killed, a grandchild too, and neither heeds SIGTERM', async () => {
    const pids = join(folder, 'pids');
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`;
    const trace = await run(
      `import { spawn } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      const grandchild = spawn(process.execPath, ['-e', ${JSON.stringify(stubborn)}], { stdio: 'inherit' });
      writeFileSync(${JSON.stringify(pids)}, process.pid + ' ' + grandchild.pid);
      ${stubborn}`,
      { timeoutMs: 700, graceMs: 100 },
    );
    expect(endOf(trace)).toBe('horizon: no end within 0.7 s; the process group was killed');
    await expectGone(pids);
  });

  it('that a child leaves to what it has started ends with the child', async () => {
    const pids = join(folder, 'left');
    const trace = await run(`
      import { spawn } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      const left = spawn('sleep', ['60'], { stdio: 'inherit' });
      left.unref();
      writeFileSync(${JSON.stringify(pids)}, String(left.pid));
      console.log('gone');
      process.exit(0);`);
    expect(trace.result).toEqual({ output: 'gone' });
    await expectGone(pids);
  });

  it('is scaled for the delays of faults', async () => {
    const chaos = runPlan([{ fault: { kind: 'llm.latency', ms: 60_000 }, trigger: { kind: 'always' } }]);
    const trace = await run(`${asks}\nconsole.log(await ask());`, { timeScale: 0.001 }, chaos);
    expect(endOf(trace)).toContain('done');
  });

  it('told otherwise than its recording was is played back to all the same, and the trace says where it parts', async () => {
    const asked = { agent: 'writer', turn: 1, attempt: 1, model: 'm', tools: [], key: 'k' };
    const messages = [{ role: 'user', content: 'Sing.' }] as const;
    const answer = {
      content: 'a song',
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 1, outputTokens: 1 },
    } as const;
    const recording = { ...asked, ...createDigester('secrets')({ ...asked, messages }) };
    const outcome = { kind: 'answer', answer } as const;
    const cassette = { schemaVersion: 1, team: 't', redaction: 'secrets' } as const;
    const double = playback({ cassette: { ...cassette, recordings: [{ ...recording, outcome }] } });
    const trace = await run(`${asks}\nconsole.log(await ask());`, { model: double });
    expect(trace.result).toEqual({ output: 'a song' });
    expect(trace.events).toContainEqual(
      expect.objectContaining({
        kind: 'playback.diverged',
        agent: 'writer',
        turn: 1,
        what: 'message 1: recorded "user: Sing.", asked "(none)"',
      }),
    );
  });
});

describe('mistakes of the setup', () => {
  it.each<[string, Partial<ChildProcessParts>, string]>([
    ['a program that is not there', { command: 'no-such-program-7 team.py' }, 'SUBJECT_COMMAND_NOT_FOUND'],
    ['a folder that is not there', { cwd: '/no/such/folder' }, 'no such folder'],
    ['a file that is no program', { command: ['/tmp'] }, 'SUBJECT_CANNOT_START'],
    ['an open quote', { command: 'python "team.py' }, 'BAD_COMMAND'],
    ['no command', { command: ' ' }, 'BAD_COMMAND'],
    ['no time', { timeoutMs: 0 }, 'SUBJECT_BAD_TIME'],
  ])('%s is told', async (_what, more, code) => {
    await expect(async () => run('', more)).rejects.toThrow(code);
  });

  it('a call that nothing is scripted for ends the run, also where the team hides it', async () => {
    const program = `${asks}\nawait ask().catch(() => {}); console.log('all is well');`;
    await expect(run(program, { attribution: [] })).rejects.toThrow('SCRIPT_UNKNOWN_AGENT');
  });
});

async function expectGone(file: string): Promise<void> {
  for (const pid of readFileSync(file, 'utf8').split(' ').map(Number)) {
    let alive = true;
    for (let tries = 0; alive && tries < 40; tries += 1) {
      alive = isAlive(pid);
      if (alive) await sleep(25);
    }
    expect(alive).toBe(false);
  }
}

/** A process that has ended and that nobody has asked about is no longer alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}
