// Tests of recording through the gateway: from a provider on loopback, with its real clients, replayed once it is gone.
import Anthropic from '@anthropic-ai/sdk';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import { cassettes, type CassettesParts } from '../llm/cassette/cassettes.ts';
import { startGateway, type Gateway } from './gateway.ts';
import { standInProvider, type StandInProvider } from './stand-in-provider.test-support.ts';

const secrets = {
  header: 'my-very-own-key-1',
  bearer: 'abcdef0123456789abcdef',
  key: 'sk-proj-abcdefghijklmnopqrstuv',
  mail: 'ann@acme.com',
  password: 'hunter22x',
};

const open: (Gateway | StandInProvider)[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function provider(says: Parameters<typeof standInProvider>[0] = (system, n) => `${n}: as ${system}`) {
  const one = await standInProvider(says);
  open.push(one);
  return one;
}

async function gatewayOn(
  parts: CassettesParts,
  attribution: readonly { agent: string; system: string }[] = [],
) {
  const gateway = await startGateway({ setup: { model: cassettes(parts), attribution } });
  open.push(gateway);
  return gateway;
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'recordings-'));
}

function live({ url }: StandInProvider) {
  return { openai: `${url}/v1`, anthropic: url };
}

const agents = ['planner', 'writer', 'critic'];
const rules = agents.map((agent) => ({ agent, system: `You are the ${agent}` }));

/** The bytes that each of the clients was sent, in order. */
async function teamThrough(gateway: Gateway, prompt = (agent: string): string => `You are the ${agent}`) {
  const replies: string[] = [];
  const tapped: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    replies.push(
      `${response.status} ${response.headers.get('content-type')}\n${await response.clone().text()}`,
    );
    return response;
  };
  const { openai: openaiUrl, anthropic: anthropicUrl } = gateway.urls();
  const shared = { apiKey: secrets.header, fetch: tapped, maxRetries: 2 };
  const openai = new OpenAI({ ...shared, baseURL: openaiUrl });
  const anthropic = new Anthropic({ ...shared, baseURL: anthropicUrl });
  const said: string[] = [];
  for (const agent of agents) {
    const system = prompt(agent);
    const ask = {
      model: 'gpt-real',
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: 'Go.' },
      ],
    } as const;
    const plain = await openai.chat.completions.create({ ...ask, messages: [...ask.messages] });
    said.push(plain.choices[0]?.message.content ?? '');
    let streamed = '';
    const stream = await openai.chat.completions.create({
      ...ask,
      messages: [...ask.messages],
      stream: true,
    });
    for await (const chunk of stream) streamed += chunk.choices[0]?.delta.content ?? '';
    said.push(streamed);
    const talk = {
      model: 'claude-real',
      max_tokens: 50,
      system,
      messages: [{ role: 'user', content: 'Go.' }],
    } as const;
    const message = await anthropic.messages.create({ ...talk, messages: [...talk.messages] });
    said.push(message.content.map((block) => (block.type === 'text' ? block.text : '')).join(''));
    const flow = anthropic.messages.stream({ ...talk, messages: [...talk.messages] });
    said.push(await flow.finalText());
  }
  return { replies, said };
}

describe('a recording of three agents', () => {
  it('replays byte for byte once the provider is gone, and names the agent whose prompt has changed, once', async () => {
    const folder = newFolder();
    const real = await provider();
    const first = await teamThrough(await gatewayOn({ folder, mode: 'all', live: live(real) }, rules));
    expect(first.said.slice(0, 4)).toEqual([1, 2, 3, 4].map((n) => `${n}: as You are the planner`));
    expect(first.replies[0]).toContain('"odd": "member"');
    await real.close();
    open.splice(open.indexOf(real), 1);
    expect(readdirSync(folder)).toEqual(['critic.json', 'planner.json', 'writer.json']);

    const warnings: string[] = [];
    const warn = (message: string): void => void warnings.push(message);
    const again = await teamThrough(await gatewayOn({ folder, warn }, rules));
    expect(again).toEqual(first);
    expect(warnings).toEqual([]);

    const changed = (agent: string): string =>
      `You are the ${agent}${agent === 'writer' ? ', and kind.' : ''}`;
    expect((await teamThrough(await gatewayOn({ folder, warn }, rules), changed)).said).toEqual(first.said);
    expect(warnings).toEqual([
      `${folder}: recordings of agent 'writer' are stale (system prompt changed since); record them again`,
    ]);
    await expect(teamThrough(await gatewayOn({ folder, stale: 'miss' }, rules), changed)).rejects.toThrow(
      /404.*CASSETTE_MISS.*agent 'writer'/s,
    );
  });

  it('is filled up where something is missing, and nobody is asked for what is there', async () => {
    const folder = newFolder();
    const real = await provider();
    const first = await teamThrough(await gatewayOn({ folder, mode: 'missing', live: live(real) }, rules));
    expect(real.requests).toHaveLength(12);
    const more = (agent: string): string => `You are the ${agent}${agent === 'critic' ? '!' : ''}`;
    const second = await teamThrough(
      await gatewayOn({ folder, mode: 'missing', live: live(real) }, rules),
      more,
    );
    expect(real.requests).toHaveLength(16);
    expect(second.said.slice(0, 8)).toEqual(first.said.slice(0, 8));
    expect(second.said[8]).toBe('13: as You are the critic!');
  });
});

describe('a recording', () => {
  it('is never given to another agent that sends the same text, though nobody tells the two apart', async () => {
    const folder = newFolder();
    const real = await provider((system) => `I am ${system}`);
    const two = async (gateway: Gateway, prompts: readonly string[]): Promise<readonly string[]> => {
      const client = new OpenAI({ apiKey: 'x', baseURL: gateway.urls().openai, maxRetries: 0 });
      const said: string[] = [];
      for (const content of prompts) {
        const messages = [
          { role: 'system', content },
          { role: 'user', content: 'hello' },
        ] as const;
        const reply = await client.chat.completions.create({ model: 'm', messages: [...messages] });
        said.push(reply.choices[0]?.message.content ?? '');
      }
      return said;
    };
    await two(await gatewayOn({ folder, mode: 'all', live: live(real) }), ['Ann', 'Bob']);
    expect(await two(await gatewayOn({ folder }), ['Bob', 'Ann'])).toEqual(['I am Bob', 'I am Ann']);

    const half = newFolder();
    await two(await gatewayOn({ folder: half, mode: 'all', live: live(real) }), ['Ann']);
    await expect(two(await gatewayOn({ folder: half }), ['Bob'])).rejects.toThrow(/CASSETTE_MISS/);
    // Even where one name stands for both: once Ann's own request was made, Bob's is no changed Ann.
    const oneName = [{ agent: 'someone', system: '' }];
    const named = newFolder();
    await two(await gatewayOn({ folder: named, mode: 'all', live: live(real) }, oneName), ['Ann']);
    await expect(two(await gatewayOn({ folder: named }, oneName), ['Ann', 'Bob'])).rejects.toThrow(
      /CASSETTE_MISS/,
    );
    await expect(two(await gatewayOn({ folder: named }, oneName), ['Bob', 'Ann'])).rejects.toThrow(
      /CASSETTE_TWO_REQUESTS/,
    );
  });

  it('holds the errors of the provider, with the headers on which clients wait', async () => {
    const folder = newFolder();
    const real = await provider(() => 'at last');
    const tried = async (gateway: Gateway): Promise<readonly [string, number]> => {
      const statuses: number[] = [];
      const waits: (string | null)[] = [];
      const client = new OpenAI({
        apiKey: secrets.header,
        baseURL: gateway.urls().openai,
        maxRetries: 1,
        fetch: async (input, init) => {
          const response = await fetch(input, init);
          statuses.push(response.status);
          waits.push(response.headers.get('retry-after-ms'));
          return response;
        },
      });
      const reply = await client.chat.completions.create({
        model: 'm',
        messages: [{ role: 'user', content: 'x' }],
      });
      expect(waits).toEqual(['5', null]);
      return [reply.choices[0]?.message.content ?? '', statuses[0] ?? 0];
    };
    real.failNext(
      429,
      { 'retry-after-ms': '5' },
      { error: { message: `Slow down, ${secrets.header}`, code: 'x' } },
    );
    expect(await tried(await gatewayOn({ folder, mode: 'all', live: live(real) }))).toEqual(['at last', 429]);
    expect(await tried(await gatewayOn({ folder }))).toEqual(['at last', 429]);
    expect(readFileSync(join(folder, 'unattributed.json'), 'utf8')).not.toContain(secrets.header);
  });

  it('holds no secret, wherever one was said, and replays all the same', async () => {
    const folder = newFolder();
    const text = `Use ${secrets.key}, not Bearer ${secrets.bearer}, mail ${secrets.mail}, password=${secrets.password}`;
    const real = await provider(() => `${text} ${secrets.header}.`);
    const talk = async (gateway: Gateway, apiKey: string): Promise<string> => {
      const client = new OpenAI({ apiKey, baseURL: gateway.urls().openai, maxRetries: 0 });
      const call = {
        id: 'call_1',
        type: 'function',
        function: { name: 'look', arguments: JSON.stringify({ note: text, api_key: secrets.password }) },
      } as const;
      const stream = await client.chat.completions.create({
        model: 'm',
        stream: true,
        messages: [
          { role: 'system', content: `System ${text}` },
          { role: 'user', content: `User ${text}` },
          { role: 'assistant', content: null, tool_calls: [call] },
          {
            role: 'tool',
            tool_call_id: 'call_1',
            content: `Authorization: Bearer ${secrets.bearer}; ${apiKey}`,
          },
        ],
      });
      let said = '';
      for await (const chunk of stream) said += chunk.choices[0]?.delta.content ?? '';
      return said;
    };
    await talk(await gatewayOn({ folder, mode: 'all', live: live(real) }), secrets.header);
    const written = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(written).toHaveLength(1);
    for (const secret of Object.values(secrets)) expect(written[0]).not.toContain(secret);
    expect(await talk(await gatewayOn({ folder }), 'any-other-key')).toBe(
      'Use [redacted:api-key], not Bearer [redacted:token], mail [redacted:email], password=[redacted:secret] [redacted:api-key].',
    );
  });

  it('is told apart from one with other settings', async () => {
    const folder = newFolder();
    const real = await provider((_system, n) => String(n));
    const body = { model: 'm', messages: [{ role: 'user', content: 'x' }] };
    const settings = [
      {},
      { temperature: 1 },
      { temperature: 0 },
      { max_tokens: 5 },
      { seed: 1 },
      { n: 2 },
      { tool_choice: 'none' },
      { response_format: { type: 'json_object' } },
      { stream: true },
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'x' },
              { type: 'image_url', image_url: { url: 'data:1' } },
            ],
          },
        ],
      },
    ];
    const through = async (gateway: Gateway, order: readonly object[]): Promise<readonly string[]> => {
      const replies: string[] = [];
      for (const one of order) {
        const request = {
          method: 'POST',
          body: JSON.stringify({ ...body, ...one, user: `run ${replies.length}` }),
        };
        replies.push(await (await fetch(`${gateway.urls().openai}/chat/completions`, request)).text());
      }
      return replies;
    };
    const first = await through(await gatewayOn({ folder, mode: 'all', live: live(real) }), settings);
    const again = await through(await gatewayOn({ folder }), settings.toReversed());
    expect(new Set(first).size).toBe(settings.length);
    expect(again.toReversed()).toEqual(first);
  });
});
