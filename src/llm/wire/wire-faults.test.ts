// Faults of streams on every wire: a reader that does it right holds what it should, and a careless one is caught.
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { completeDelivery, type Delivery, type ModelOutcome } from '../../chaos/outcome.ts';
import type { Answer } from '../../team/ask.ts';
import { carry } from './carriage.ts';
import type { WireCodec } from './codec.ts';
import { codecs } from './codecs.ts';
import { streamEvents } from './reply-reading.ts';
import type { WireChunk } from './wire-reply.ts';

const asked: Readonly<Record<string, readonly [path: string, query: string, body: JsonObject]>> = {
  'openai-chat': ['/v1/chat/completions', '', { model: 'm', messages: [], stream: true }],
  'openai-responses': ['/v1/responses', '', { model: 'm', input: 'hello', stream: true }],
  'anthropic-messages': ['/v1/messages', '', { model: 'm', messages: [], max_tokens: 999, stream: true }],
  gemini: ['/v1beta/models/m:streamGenerateContent', '?alt=sse', { contents: [] }],
};
const streaming = codecs.filter(({ name }) => asked[name] !== undefined);

const answer: Answer = {
  content: 'Nine words that make more than one chunk, surely: naïve — 猫 🐈, all of it, to the end.',
  toolCalls: [],
  finishReason: 'stop',
  usage: { inputTokens: 3, outputTokens: 9 },
};

function chunksOf(codec: WireCodec, more: Partial<Delivery>): readonly WireChunk[] {
  const [path, query, body] = asked[codec.name]!;
  const call = codec.read(body, { path, query });
  if (call.kind === 'problem') throw new Error(call.message);
  const outcome: ModelOutcome = { kind: 'answered', answer, delivery: { ...completeDelivery, ...more } };
  const reply = carry(outcome, { codec, call, token: 't', attempt: 1, atMs: 0 });
  if (reply.kind !== 'response') throw new Error('no response');
  return reply.chunks;
}

const bytesOf = ({ data }: WireChunk): Uint8Array => (typeof data === 'string' ? Buffer.from(data) : data);

/** Joins bytes before it reads them. */
const rightly = (codec: WireCodec, more: Partial<Delivery>): string =>
  contentIn(codec, Buffer.concat(chunksOf(codec, more).map(bytesOf)).toString());

/** Takes each write for text of its own. */
const characterwise = (codec: WireCodec, more: Partial<Delivery>): string =>
  contentIn(
    codec,
    chunksOf(codec, more)
      .map((chunk) => Buffer.from(bytesOf(chunk)).toString())
      .join(''),
  );

/** Takes each write for whole events. */
const writewise = (codec: WireCodec, more: Partial<Delivery>): string => {
  const lines = chunksOf(codec, more).flatMap((chunk) => Buffer.from(bytesOf(chunk)).toString().split('\n'));
  return contentIn(
    codec,
    lines
      .filter((line) => /^(data|event):/.test(line))
      .map(apart)
      .join(''),
  );
};
const apart = (line: string): string => (line.startsWith('data:') ? `${line}\n\n` : `${line}\n`);

function contentIn(codec: WireCodec, text: string): string {
  const read = codec.readStream(streamEvents(text));
  return read.kind === 'answer' ? read.answer.content : `failure: ${read.failure.reason}`;
}

describe.each(streaming)('$name', (codec) => {
  it.each(['rechunked', 'splitCharacters', 'splitFields'] as const)(
    'says the same when its bytes are %s',
    (kind) => {
      const mishap = kind === 'rechunked' ? ({ kind, bytes: 3, gapMs: 1 } as const) : { kind, gapMs: 1 };
      expect(chunksOf(codec, { mishap }).length).toBeGreaterThan(chunksOf(codec, {}).length);
      expect(rightly(codec, { mishap })).toBe(answer.content);
    },
  );

  it('catches a reader that decodes every write by itself, and only where a character is split', () => {
    expect(characterwise(codec, {})).toBe(answer.content);
    expect(characterwise(codec, { mishap: { kind: 'splitFields', gapMs: 1 } })).toBe(answer.content);
    expect(characterwise(codec, { mishap: { kind: 'splitCharacters', gapMs: 1 } })).not.toBe(answer.content);
  });

  it('catches a reader that takes every write for whole events, and only where one is split', () => {
    expect(writewise(codec, {})).toBe(answer.content);
    expect(writewise(codec, { mishap: { kind: 'splitFields', gapMs: 1 } })).not.toBe(answer.content);
    expect(writewise(codec, { mishap: { kind: 'rechunked', bytes: 20, gapMs: 1 } })).not.toBe(answer.content);
  });

  it('has no whole answer without its last events, though all of the text has come', () => {
    const more: Partial<Delivery> = { end: { kind: 'cut', share: 1, clean: true } };
    const text = chunksOf(codec, more).map(({ data }) => data.toString());
    expect(text.join('')).toContain('end.');
    expect(rightly(codec, more)).toBe('failure: cut');
  });

  it('fails after its status in the words of the provider', () => {
    const failure = { reason: 'serverError', status: 529, message: 'Overloaded', retryable: true } as const;
    expect(rightly(codec, { end: { kind: 'failed', share: 0.5, failure } })).toBe('failure: serverError');
  });

  it('says it otherwise when an event comes twice, or late, unless its end repeats all', () => {
    const mends = codec.name === 'openai-responses';
    for (const kind of ['duplicated', 'reordered'] as const) {
      const isSame = rightly(codec, { mishap: { kind, share: 0.5 } }) === answer.content;
      expect(isSame).toBe(mends);
    }
  });

  it.each(['json', 'sse'] as const)('loses an event that is malformed by %s, and nothing else', (how) => {
    const events = streamEvents(
      chunksOf(codec, { mishap: { kind: 'malformed', share: 0.5, how } })
        .map(({ data }) => data.toString())
        .join(''),
    );
    const sound = streamEvents(
      chunksOf(codec, {})
        .map(({ data }) => data.toString())
        .join(''),
    );
    const isSound = ({ data }: { readonly data: string }): boolean => sound.some((one) => one.data === data);
    expect(events.filter(isSound).length).toBe(sound.length - 1);
  });
});
