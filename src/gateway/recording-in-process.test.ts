// Tests of recording in process: a function under test in virtual time, its provider on loopback in real time, then gone.
import Anthropic from '@anthropic-ai/sdk';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cassettes, type CassettesParts } from '../llm/cassette/cassettes.ts';
import { httpFunction, type HttpFunctionParts } from '../subject/http-function.ts';
import { runPlan } from '../subject/solo-team.test-support.ts';
import type { Trace } from '../trace/trace.ts';
import { standInProvider, type StandInProvider } from './stand-in-provider.test-support.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const one of open.splice(0)) await one.close();
});

async function provider(...given: Parameters<typeof standInProvider>): Promise<StandInProvider> {
  const one = await standInProvider(...given);
  open.push(one);
  return one;
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'recordings-'));
const live = ({ url }: StandInProvider) => ({ openai: `${url}/v1`, anthropic: url });
const agents = ['planner', 'critic'];

function team(parts: CassettesParts, run: HttpFunctionParts['run'], more: Partial<HttpFunctionParts> = {}) {
  return httpFunction({
    name: 'recorded',
    agents,
    run,
    doubles: {
      model: cassettes(parts),
      tools: {},
      human: () => null,
      pace: { modelMs: [900, 900], toolMs: [1, 1], handoffMs: [1, 1] },
    },
    attribution: agents.map((agent) => ({ agent, system: `You are the ${agent}` })),
    ...more,
  });
}

const asked = (system: string) => ({
  model: 'gpt-real',
  messages: [
    { role: 'system' as const, content: system },
    { role: 'user' as const, content: 'Go.' },
  ],
});

/** Everything that two agents are told, by two clients, plain and streamed; of each the text and what is odd about it. */
async function talk(): Promise<unknown> {
  const openai = new OpenAI({ apiKey: 'my-very-own-key-1', maxRetries: 0 });
  const anthropic = new Anthropic({ apiKey: 'my-very-own-key-1', maxRetries: 0 });
  const said: unknown[] = [];
  for (const agent of agents) {
    const system = `You are the ${agent}`;
    said.push(await openai.chat.completions.create(asked(system)));
    for await (const chunk of await openai.chat.completions.create({ ...asked(system), stream: true }))
      said.push(chunk);
    const ask = {
      model: 'claude-real',
      max_tokens: 50,
      system,
      messages: [{ role: 'user' as const, content: 'Go.' }],
    };
    said.push(await anthropic.messages.create(ask));
    said.push(await anthropic.messages.stream(ask).finalMessage());
  }
  return { said: JSON.stringify(said) };
}

function saidIn({ result }: Trace): string {
  const said = result?.['said'];
  return typeof said === 'string' ? said : '';
}

describe('a function under test that is recorded', () => {
  it('is told what its real provider says, and the same, to the byte of the trace, once that is gone', async () => {
    const folder = newFolder();
    const real = await provider((system, n) => `${n}: as ${system}`);
    const first = await team({ folder, mode: 'all', live: live(real) }, talk).run(runPlan());
    expect(saidIn(first)).toContain('4: as You are the planner');
    expect(saidIn(first)).toContain('"odd":"member"');
    expect(real.requests).toHaveLength(8);
    await real.close();
    open.pop();
    expect(readdirSync(folder)).toEqual(['critic.json', 'planner.json']);
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain('my-very-own');

    const again = await team({ folder }, talk).run(runPlan());
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
  });

  it('fills up what is missing, asks nobody for what is there, and sends nothing but the recorded calls', async () => {
    const folder = newFolder();
    const real = await provider((system) => system);
    const one = async (system: string): Promise<string | null | undefined> =>
      (await new OpenAI({ apiKey: 'k' }).chat.completions.create(asked(system))).choices[0]?.message.content;
    const parts = { folder, mode: 'missing', live: { openai: real.url } } as const;
    const both = async (): Promise<unknown> => ({
      a: await one('You are the planner'),
      b: await one('You are the critic'),
    });
    await team(parts, async () => ({ a: await one('You are the planner') })).run(runPlan());
    expect((await team(parts, both).run(runPlan())).result).toEqual({
      a: 'You are the planner',
      b: 'You are the critic',
    });
    expect(real.requests).toEqual(['/v1/chat/completions', '/v1/chat/completions']);
    await expect(team(parts, async () => fetch(`${real.url}/else`)).run(runPlan())).rejects.toMatchObject({
      code: 'INTERCEPT_UNHANDLED',
    });
    const other = async (): Promise<unknown> =>
      new Anthropic({ apiKey: 'k', maxRetries: 0 }).messages.create({
        model: 'm',
        max_tokens: 1,
        messages: [{ role: 'user', content: 'x' }],
      });
    await expect(team(parts, other).run(runPlan())).rejects.toMatchObject({ code: 'UPSTREAM_UNNAMED' });
    expect(real.requests).toHaveLength(2);
  });

  it('never gives an agent what another one was told, though nobody tells the two apart', async () => {
    const folder = newFolder();
    const real = await provider((system) => `I am ${system}`);
    const two =
      (...prompts: readonly string[]) =>
      async (): Promise<unknown> => {
        const client = new OpenAI({ apiKey: 'k', maxRetries: 0 });
        const all = await Promise.all(
          prompts.map(async (system) => client.chat.completions.create(asked(system))),
        );
        return { said: all.map(({ choices }) => choices[0]?.message.content).join(', ') };
      };
    const unattributed = { attribution: [] };
    await team({ folder, mode: 'all', live: live(real) }, two('Ann', 'Bob'), unattributed).run(runPlan());
    expect(saidIn(await team({ folder }, two('Bob', 'Ann'), unattributed).run(runPlan()))).toBe(
      'I am Bob, I am Ann',
    );
    await expect(team({ folder }, two('Cid'), unattributed).run(runPlan())).rejects.toMatchObject({
      code: 'CASSETTE_MISS',
    });
  });
});

/** Answers the first request it gets after the second: the network as it likes to be. */
async function slowFirst(): Promise<string> {
  const held: (() => void)[] = [];
  const server: Server = createServer((incoming, response) => {
    let text = '';
    incoming.on('data', (part) => (text += String(part)));
    incoming.on('end', () => {
      const answer = (): void => {
        const content = text.includes('planner') ? 'planned' : 'criticised';
        response.setHeader('content-type', 'application/json');
        response.end(
          JSON.stringify({
            id: content,
            object: 'chat.completion',
            created: 1,
            model: 'm',
            choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
          }),
        );
      };
      held.push(answer);
      if (held.length === 2) for (const one of held.toReversed()) one();
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  open.push({ close: () => server.close() });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('time while a provider is asked', () => {
  it('stands still, and the order of answers is that of the calls, whichever came first', async () => {
    const folder = newFolder();
    const run = async (): Promise<unknown> => {
      const client = new OpenAI({ apiKey: 'k', maxRetries: 0 });
      const seen: string[] = [];
      const tick = setInterval(() => seen.push(`tick ${Date.now() % 100_000}`), 300);
      const one = async (agent: string): Promise<void> => {
        const reply = await client.chat.completions.create(asked(`You are the ${agent}`));
        seen.push(`${reply.choices[0]?.message.content}`);
      };
      await Promise.all([one('planner'), one('critic')]);
      clearInterval(tick);
      return { seen };
    };
    const first = await team({ folder, mode: 'all', live: { openai: await slowFirst() } }, run).run(
      runPlan(),
    );
    const seen = (first.result?.['seen'] ?? []) as string[];
    expect(seen.filter((one) => !one.startsWith('tick'))).toEqual(['planned', 'criticised']);
    expect(seen.filter((one) => one.startsWith('tick')).length).toBeLessThanOrEqual(3);
    expect(JSON.stringify(await team({ folder }, run).run(runPlan()))).toBe(JSON.stringify(first));
  });

  it.for([
    ['is not there', { url: 'http://127.0.0.1:1' }],
    ['says nothing', { url: '', waitMsMax: 50 }],
  ] as const)(
    'goes on when the provider %s: the run ends with a mistake, and nothing is recorded',
    async ([, upstream]) => {
      const url = upstream.url === '' ? await slowFirst() : upstream.url;
      const folder = newFolder();
      const parts = { folder, mode: 'all', live: { openai: { ...upstream, url } } } as const;
      await expect(team(parts, talk).run(runPlan())).rejects.toMatchObject({
        code: 'UPSTREAM_UNREACHABLE',
        place: url,
      });
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('goes on by the waits that the provider asks for, which are recorded and cost no time', async () => {
    const folder = newFolder();
    const real = await provider(() => 'at last');
    real.failNext(429, { 'retry-after': '30' }, { error: { message: 'Slow down' } });
    const run = async (): Promise<unknown> => {
      const client = new OpenAI({ apiKey: 'k', maxRetries: 1 });
      const { choices } = await client.chat.completions.create(asked('You are the critic'));
      return { said: choices[0]?.message.content };
    };
    const first = await team({ folder, mode: 'all', live: live(real) }, run).run(runPlan());
    expect(saidIn(first)).toBe('at last');
    expect(first.events.at(-1)!.atMs - first.startedAtMs).toBe(900 + 30_000 + 900);
    expect(JSON.stringify(await team({ folder }, run).run(runPlan()))).toBe(JSON.stringify(first));
  });
});

describe('the key of an upstream', () => {
  it('comes from the variable that is named, in place of what the team sends, and is kept nowhere', async () => {
    vi.stubEnv('RECORDING_KEY', 'the-real-and-odd-key');
    const folder = newFolder();
    const heard: unknown[] = [];
    const real = await provider((_system, _n, headers) => {
      heard.push(headers.authorization, headers['x-api-key']);
      return `You sent ${headers.authorization}`;
    });
    const run: HttpFunctionParts['run'] = async (_mission, { apiKey }) => {
      const reply = await new OpenAI({ apiKey }).chat.completions.create(asked('You are the critic'));
      return { said: reply.choices[0]?.message.content };
    };
    const openai = { url: real.url, keyVariable: 'RECORDING_KEY' };
    await team({ folder, mode: 'all', live: { openai } }, run).run(runPlan());
    expect(heard).toEqual(['Bearer the-real-and-odd-key', undefined]);
    expect(readFileSync(join(folder, 'critic.json'), 'utf8')).not.toContain('the-real-and-odd-key');
    expect(saidIn(await team({ folder }, run).run(runPlan()))).toMatch(/^You sent Bearer \[redacted:/);
  });

  it('is asked for when its variable is not set', () => {
    const openai = { url: 'http://127.0.0.1:1', keyVariable: 'RECORDING_KEY_THAT_IS_NOT' };
    expect(() => cassettes({ folder: newFolder(), mode: 'all', live: { openai } })).toThrowError(
      expect.objectContaining({ code: 'UPSTREAM_KEY_MISSING', place: 'live.openai.keyVariable' }),
    );
  });
});
