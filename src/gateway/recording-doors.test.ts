// Tests of recording at every door: each is recorded from a provider, which is a gateway itself, and replayed without it.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readJson } from '../base/json-text.ts';
import { completeAnswer, say } from '../llm/answer-draft.ts';
import { cassettes, type RecordMode } from '../llm/cassette/cassettes.ts';
import type { ModelDouble } from '../llm/double.ts';
import { startGateway, type Gateway } from './gateway.ts';

const open: Gateway[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function gateway(model: ModelDouble): Promise<Gateway> {
  const one = await startGateway({ setup: { model } });
  open.push(one);
  return one;
}

interface Provider {
  readonly gateway: Gateway;
  readonly asked: () => number;
}

/** Says something new each time, so that only a recording can say it again. */
async function provider(): Promise<Provider> {
  let count = 0;
  const model: ModelDouble = {
    name: 'provider',
    answer: (ask) => {
      count += 1;
      const said = completeAnswer(ask, say(`Answer ${count}, naïve and ✓.`));
      return { ...said, embeddings: [[count / 8, 0.5, -0.25]] };
    },
  };
  return { gateway: await gateway(model), asked: () => count };
}

const responses = { model: 'gpt-real', input: 'Go.', instructions: 'Be brief.' };
const contents = { contents: [{ role: 'user', parts: [{ text: 'Go.' }] }] };
const content = { content: { parts: [{ text: 'Go.' }] } };
const embedding = { model: 'text-embedding-3-small', input: ['one'] };
const batch = { requests: [{ model: 'models/e', ...content }] };

type Door = readonly [what: string, base: 'openai' | 'anthropic' | 'gemini', path: string, body: object];

const doors: readonly Door[] = [
  ['OpenAI Responses', 'openai', '/responses', responses],
  ['OpenAI Responses, streamed', 'openai', '/responses', { ...responses, stream: true }],
  ['OpenAI embeddings', 'openai', '/embeddings', embedding],
  ['OpenAI embeddings in base64', 'openai', '/embeddings', { ...embedding, encoding_format: 'base64' }],
  ['Gemini', 'gemini', '/models/gemini-real:generateContent', contents],
  ['Gemini, streamed', 'gemini', '/models/gemini-real:streamGenerateContent?alt=sse', contents],
  ['Gemini embeddings', 'gemini', '/models/e:embedContent', content],
  ['Gemini embeddings, many', 'gemini', '/models/e:batchEmbedContents', batch],
];

async function told(through: Gateway, [, base, path, body]: Door): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-goog-api-key': 'k', authorization: 'Bearer k' };
  const url = `${through.urls()[base]}${path}`;
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return `${response.status} ${response.headers.get('content-type')}\n${await response.text()}`;
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'recordings-'));

async function recordingOf(real: Provider, folder: string, mode: RecordMode = 'all'): Promise<Gateway> {
  const { openai, anthropic, gemini } = real.gateway.urls();
  return gateway(cassettes({ folder, mode, live: { openai, anthropic, gemini } }));
}

/** What a caller was told stands in the cassette as the provider sent it. */
function keptIn(folder: string): string {
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(texts).toHaveLength(1);
  return texts[0]!;
}

describe('a recording', () => {
  it.for(doors)('of %s is replayed byte for byte', async (door) => {
    const folder = newFolder();
    const real = await provider();
    const first = await told(await recordingOf(real, folder), door);
    expect(first).toMatch(/^200 /);
    expect(keptIn(folder)).toContain('"kind": "sent"');
    await real.gateway.close();
    const again = await gateway(cassettes({ folder }));
    expect([await told(again, door), await told(again, door)]).toEqual([first, first]);
    const changed: Door = [
      door[0],
      door[1],
      door[2],
      { ...door[3], dimensions: 7, generationConfig: { topK: 3 } },
    ];
    expect(await told(again, changed)).toMatch(/CASSETTE_MISS/);
  });

  it('of a Responses conversation is continued under the id that the provider gave', async () => {
    const folder = newFolder();
    const real = await provider();
    const both = async (through: Gateway): Promise<readonly string[]> => {
      const first = await told(through, doors[0]!);
      const read = readJson(first.slice(first.indexOf('\n') + 1));
      const { id } = (read.kind === 'value' ? read.value : null) as unknown as { readonly id: string };
      const next = { model: 'gpt-real', input: 'And then?', previous_response_id: id };
      return [
        first,
        await told(through, ['', 'openai', '/responses', next]),
        await told(through, ['', 'openai', '/responses', { ...next, stream: true }]),
      ];
    };
    const first = await both(await recordingOf(real, folder));
    expect(first.map((one) => one.slice(0, 4))).toEqual(['200 ', '200 ', '200 ']);
    await real.gateway.close();
    expect(await both(await gateway(cassettes({ folder })))).toEqual(first);
  });
});

describe('runs that are recorded side by side', () => {
  it('are told the same where they ask the same, and so replay as they were', async () => {
    const folder = newFolder();
    const real = await provider();
    const runs = ['a', 'b', 'c'];
    const all = async (one: Gateway): Promise<readonly string[]> => {
      const ask = async (run: string): Promise<string> => {
        const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Go.' }] });
        return (await fetch(`${one.urls(run).openai}/chat/completions`, { method: 'POST', body })).text();
      };
      return [...(await Promise.all(runs.slice(0, 2).map(ask))), await ask('c')];
    };
    const first = await all(await recordingOf(real, folder));
    expect(new Set(first).size).toBe(1);
    expect(first[0]).toContain('Answer 1,');
    expect(real.asked()).toBe(1);
    expect(await all(await gateway(cassettes({ folder })))).toEqual(first);
  });
});
