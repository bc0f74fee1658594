// Tests of record and replay: each recording to its own agent, failures too, misses explained, secrets kept out, files whole.
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../base/random.ts';
import type { Answer, Ask } from '../../team/ask.ts';
import { say, useTool } from '../answer-draft.ts';
import { asking, system, user } from '../asking.test-support.ts';
import { cassetteText, parseCassette, readCassette, writeCassette } from './cassette-file.ts';
import { replay } from './cassette.ts';
import { FailedCall } from '../failed-call.ts';
import { mergeCassettes, record } from './record.ts';
import type { Cassette } from './recording.ts';
import type { Redaction } from '../redaction/redaction.ts';
import { failWith, script, type AgentScript } from '../script.ts';

const random = createRandom(1);
const down = { reason: 'serverError', status: 500, message: 'down', retryable: true } as const;

function recorded(
  asks: readonly Ask[],
  writer: AgentScript = (ask) => say(`to ${ask.agent}: ${ask.messages.at(-1)?.content}`),
  redaction: Redaction = 'secrets',
): Cassette {
  const agents = Object.fromEntries(asks.map((ask) => [ask.agent, writer]));
  const recorder = record({ of: script({ agents }), team: 'team', redaction });
  for (const ask of asks) {
    try {
      void recorder.double.answer(ask, random);
    } catch (error) {
      if (!(error instanceof FailedCall)) throw error;
    }
  }
  return recorder.cassette();
}

const said = (cassette: Cassette, ask: Ask): string =>
  (replay({ cassette }).answer(ask, random) as Answer).content;

describe('a replayed cassette', () => {
  it('answers what was recorded, whatever the keys and ids of the present run', () => {
    const call = { id: 'call_a', name: 'look', arguments: {} };
    const talk = (id: string): Ask =>
      asking({
        key: id,
        messages: [
          user('x'),
          { role: 'assistant', content: '', toolCalls: [{ ...call, id }] },
          { role: 'tool', callId: id, name: 'look', content: '1' },
        ],
      });
    expect(said(recorded([talk('call_a')]), talk('call_b'))).toBe('to writer: 1');
  });

  it('never serves one agent’s recording to another with the same user text and another system prompt', () => {
    const one = asking({ agent: 'writer', messages: [system('You write.'), user('hello')] });
    const other = asking({ agent: 'critic', messages: [system('You judge.'), user('hello')] });
    const both = recorded([one, other]);
    expect([said(both, one), said(both, other)]).toEqual(['to writer: hello', 'to critic: hello']);
    expect(() => said(recorded([one]), other)).toThrow(/\[CASSETTE_MISS\]/);
  });

  it('does not mix up two agents that nobody told apart', () => {
    const one = asking({ agent: 'unattributed', messages: [system('You write.'), user('hello')] });
    const other = asking({ agent: 'unattributed', messages: [system('You judge.'), user('hello')] });
    expect(() => said(recorded([one]), other)).toThrow(/\[CASSETTE_MISS\].*another system prompt/s);
  });

  it('replays a failure at its attempt, and a swallowed attempt uses nothing up', () => {
    const asks = [asking({ attempt: 1 }), asking({ attempt: 2 })];
    const cassette = recorded(asks, (ask) => (ask.attempt === 1 ? failWith(down) : say('up')));
    expect(() => said(cassette, asks[0]!)).toThrow(FailedCall);
    expect(said(cassette, asks[1]!)).toBe('up');
    expect(said(cassette, asking({ attempt: 7 }))).toBe('up');
  });

  it('tells recordings of the same request apart by their turn', () => {
    const asks = [asking({ turn: 1 }), asking({ turn: 2 })];
    const cassette = recorded(asks, [say('one'), say('two')]);
    expect(asks.map((ask) => said(cassette, ask))).toEqual(['one', 'two']);
  });

  it('explains a miss by the nearest recording and the first message that differs', () => {
    const cassette = recorded([
      asking({ messages: [system('You write.'), user('Write about the harbour of Oslo in winter.')] }),
      asking({
        agent: 'critic',
        messages: [system('You judge.'), user('Write about the harbour of Oslo in summer.')],
      }),
    ]);
    const ask = asking({
      turn: 3,
      messages: [system('You write.'), user('Write about the harbour of Bergen in winter.')],
    });
    let message = '';
    try {
      said(cassette, ask);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/\[CASSETTE_MISS\] at team: no answer is recorded for agent 'writer' \(turn 3/);
    expect(message).toMatch(/nearest: recording 1 \(agent 'writer', turn 1\), message 1 \(user\) differs/);
    expect(message).toMatch(/recorded: ".*Oslo in winter\."\n\s+asked: {4}".*Bergen in winter\."/);
    expect(message).toMatch(/hint: /);
  });

  it('replays a stale recording with one warning that names the agent, or refuses it', () => {
    const cassette = recorded([asking(), asking({ messages: [system('You write.'), user('More.')] })]);
    const now = (text: string): Ask =>
      asking({
        tools: [{ name: 'look', description: '', parameters: {} }],
        messages: [system('You write well.'), user(text)],
      });
    const warnings: string[] = [];
    const double = replay({ cassette, place: 'a.json', warn: (message) => warnings.push(message) });
    void double.answer(now('Write a line.'), random);
    void double.answer(now('More.'), random);
    expect(warnings).toEqual([
      "a.json: recordings of agent 'writer' are stale (system prompt, tools changed since); record them again",
    ]);
    expect(() => replay({ cassette, stale: 'miss' }).answer(now('More.'), random)).toThrow(
      /CASSETTE_MISS.*system prompt, tools/s,
    );
  });
});

describe('secrets', () => {
  const secrets = [
    'sk-proj-abcdefghijklmnopqrstuv',
    'Bearer abcdef0123456789abcdef',
    'AKIAABCDEFGHIJKLMNOP',
    'ghp_abcdefghijklmnopqrstuvwxyz012345',
  ];
  const ask = asking({
    messages: [
      system('Key: sk-live-0123456789abcdefghij'),
      user(`use ${secrets.join(' and ')} of ann@acme.com`),
    ],
  });

  it('never reach the text of a cassette, and the ask that held them is found again', () => {
    const cassette = recorded(
      [ask],
      [useTool('call', { api_key: 'plain-but-secret', note: `with ${secrets[0]}` })],
    );
    const text = cassetteText(cassette);
    for (const secret of [...secrets, 'plain-but-secret', 'sk-live-0123456789'])
      expect(text).not.toContain(secret.replace('Bearer ', ''));
    expect(text).toContain('ann@acme.com');
    expect(replay({ cassette: parseCassette(text, 'x') }).answer(ask, random)).toMatchObject({
      finishReason: 'toolCalls',
    });
  });

  it('include e-mail addresses where that was asked for', () => {
    const cassette = recorded([ask], [say('mail ann@acme.com')], 'secretsAndContacts');
    expect(cassetteText(cassette)).not.toContain('acme.com');
    expect(said(cassette, ask)).toBe('mail [redacted:email]');
  });
});

describe('a cassette file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cassette-'));
  const asks = [asking({ agent: 'b', turn: 2 }), asking({ agent: 'b' }), asking({ agent: 'a' })];

  it('is written whole, read back the same, and leaves nothing else behind', () => {
    const path = join(folder, 'team.json');
    writeCassette(path, recorded(asks));
    expect(readdirSync(folder)).toEqual(['team.json']);
    expect(cassetteText(readCassette(path))).toBe(readFileSync(path, 'utf8'));
  });

  it('has its recordings in one order, however they were made', () => {
    expect(cassetteText(recorded(asks))).toBe(cassetteText(recorded([...asks].reverse())));
    expect(recorded(asks).recordings).toHaveLength(3);
  });

  it('leaves the old file alone when the new one cannot be written', () => {
    expect(() => writeCassette(join(folder, 'nowhere', 'team.json'), recorded(asks))).toThrow(
      /\[CASSETTE_UNWRITABLE\] at .*nowhere/,
    );
  });

  it.each([
    ['{"schemaVersion": 1,', /\[CASSETTE_CORRUPT\] at bad\.json:1:\d+: it is not JSON/],
    [
      '{"schemaVersion":1,"team":"t","redaction":"secrets","recordings":[{"agent":"a"}]}',
      /\[CASSETTE_CORRUPT\] at bad\.json#\/recordings\/0\/turn/,
    ],
    [
      '{"schemaVersion":9,"team":"t","redaction":"secrets","recordings":[]}',
      /\[CASSETTE_CORRUPT\] at bad\.json#\/schemaVersion/,
    ],
  ])('that is damaged (%s) says where', (text, told) => {
    writeFileSync(join(folder, 'bad.json'), text);
    expect(() => parseCassette(text, 'bad.json')).toThrow(told);
    expect(() => readCassette(join(folder, 'none.json'))).toThrow(/\[CASSETTE_UNREADABLE\] at .*none\.json/);
  });

  it('merges with a newer one, whose recordings count', () => {
    const older = recorded([asks[1]!], [say('old')]);
    const newer = recorded([asks[1]!, asks[2]!], [say('new')]);
    const merged = mergeCassettes(older, newer);
    expect(merged.recordings).toHaveLength(2);
    expect(said(merged, asks[1]!)).toBe('new');
    expect(() => mergeCassettes(older, { ...newer, team: 'other' })).toThrow(/\[CASSETTE_MISMATCH\]/);
  });
});
