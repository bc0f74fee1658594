// Conformance: what any codec writes, it reads back; whatever the answer, plain and streamed, in chunks of any size.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeDelivery, type ModelOutcome } from '../../chaos/outcome.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Answer, FinishReason, ToolCall } from '../../team/ask.ts';
import { carry } from './carriage.ts';
import type { WireCall, WireCodec } from './codec.ts';
import { codecFor, codecs, dialectOf } from './codecs.ts';
import { streamEvents } from './reply-reading.ts';
import { argumentsOf } from './request-reading.ts';

/** How each door is asked, and what it cannot say. */
interface Door {
  readonly path: string;
  readonly body: (streams: boolean) => JsonObject;
  readonly query?: string;
  readonly said: (answer: Answer) => Answer;
}

const user = [{ role: 'user', content: 'hello' }];
const sayable = (answer: Answer): Answer => answer;

/** Anthropic has one word for both ways to decline, and sends the input of a tool as an object where nothing streams. */
const declined = ({ refusal, ...answer }: Answer): Answer =>
  refusal === undefined && answer.finishReason !== 'contentFilter'
    ? answer
    : { ...answer, content: '', refusal: refusal ?? answer.content, finishReason: 'stop' };

/** Gemini knows no refusals, and says STOP where tools are called; what it blocks has no content. */
const unblocked = ({ refusal, ...answer }: Answer): Answer => {
  const blocked = { content: '', toolCalls: [], finishReason: 'contentFilter', usage: answer.usage } as const;
  if (answer.finishReason === 'contentFilter') return blocked;
  return { ...answer, content: refusal ?? answer.content };
};

const doors: Readonly<Record<string, Door>> = {
  'openai-chat': {
    path: '/v1/chat/completions',
    body: (stream) => ({ model: 'm', messages: user, stream, stream_options: { include_usage: true } }),
    said: sayable,
  },
  'openai-responses': {
    path: '/v1/responses',
    body: (stream) => ({ model: 'm', input: 'hello', stream }),
    said: sayable,
  },
  'anthropic-messages': {
    path: '/v1/messages',
    body: (stream) => ({ model: 'm', messages: user, max_tokens: 9999, stream }),
    said: declined,
  },
  gemini: {
    path: '/v1beta/models/m:generateContent',
    query: '?alt=sse',
    body: () => ({ contents: [{ role: 'user', parts: [{ text: 'hello' }] }] }),
    said: unblocked,
  },
};

const spoken = codecs.filter(({ name }) => doors[name] !== undefined);

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', 'a', 'naïve — 猫 🐈', '"{}\n'));
const args = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
const toolCalls = fc
  .array(fc.record({ name: fc.stringMatching(/^[a-z_]{1,12}$/), arguments: args }), { maxLength: 3 })
  .map((calls) =>
    calls.map((call, index): ToolCall => ({
      id: `call_${index}`,
      name: call.name,
      // As it comes out of JSON: `-0` is 0 there.
      arguments: JSON.parse(JSON.stringify(call.arguments)) as JsonObject,
    })),
  );
const anyAnswer: fc.Arbitrary<Answer> = fc
  .record({
    content: text,
    toolCalls,
    length: fc.constantFrom<FinishReason>('stop', 'stop', 'length', 'contentFilter'),
    refusal: fc.option(fc.constantFrom('I will not.'), { nil: undefined, freq: 4 }),
    reasoning: fc.option(fc.constantFrom('First, look.'), { nil: undefined, freq: 2 }),
  })
  .map(({ content, toolCalls: calls, length, refusal, reasoning }): Answer => {
    if (refusal !== undefined)
      return {
        content: '',
        toolCalls: [],
        finishReason: 'stop',
        refusal,
        usage: { inputTokens: 3, outputTokens: 9 },
      };
    return {
      content,
      toolCalls: length === 'stop' ? calls : [],
      finishReason: length === 'stop' && calls.length > 0 ? 'toolCalls' : length,
      ...(reasoning === undefined || length === 'contentFilter' ? {} : { reasoning }),
      usage: { inputTokens: 3, outputTokens: 9 },
    };
  });

function callOf(codec: WireCodec, streams: boolean): WireCall {
  const door = doors[codec.name]!;
  const path = streams ? door.path.replace('generateContent', 'streamGenerateContent') : door.path;
  const read = codec.read(door.body(streams), { path, query: door.query ?? '' });
  if (read.kind === 'problem') throw new Error(read.message);
  return read;
}

function sent(codec: WireCodec, answer: Answer, { streams = false, chunkChars = 16 } = {}): string {
  const outcome: ModelOutcome = { kind: 'answered', answer, delivery: { ...completeDelivery, chunkChars } };
  const call = callOf(codec, streams);
  const reply = carry(outcome, { codec, call, token: 't', attempt: 1, atMs: 0 });
  if (reply.kind !== 'response') throw new Error('no response');
  return reply.chunks.map(({ data }) => data.toString()).join('');
}

describe.each(spoken)('$name', (codec) => {
  const { said } = doors[codec.name]!;

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(anyAnswer, (answer) => {
        const read = codec.readReply(JSON.parse(sent(codec, answer)) as JsonObject);
        expect(read).toMatchObject({ kind: 'answer', answer: said(answer) });
      }),
      { numRuns: 60 },
    );
  });

  it('reads back what it streamed, in chunks of any size', () => {
    fc.assert(
      fc.property(anyAnswer, fc.integer({ min: 1, max: 40 }), (answer, chunkChars) => {
        const events = streamEvents(sent(codec, answer, { streams: true, chunkChars }));
        expect(codec.readStream(events)).toMatchObject({ kind: 'answer', answer: said(answer) });
      }),
      { numRuns: 60 },
    );
  });

  it('does not take a stream that ended early for an answer', () => {
    const answer: Answer = {
      content: 'half of this is missing',
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 1, outputTokens: 1 },
    };
    const end = { kind: 'cut', share: 0.5, clean: true } as const;
    const outcome: ModelOutcome = { kind: 'answered', answer, delivery: { ...completeDelivery, end } };
    const reply = carry(outcome, { codec, call: callOf(codec, true), token: 't', attempt: 1, atMs: 0 });
    const all = reply.kind === 'response' ? reply.chunks.map(({ data }) => data.toString()).join('') : '';
    expect(all).toContain('half');
    expect(codec.readStream(streamEvents(all))).toMatchObject({
      kind: 'failure',
      failure: { reason: 'cut' },
    });
  });

  it('tells an error after the stream has begun, and reads it back', () => {
    const failure = { reason: 'serverError', message: 'it broke', retryable: true } as const;
    const frame = codec.streamFailure(failure, 3);
    expect(codec.readStream(streamEvents(frame))).toMatchObject({
      kind: 'failure',
      failure: { reason: 'serverError', message: 'it broke' },
    });
  });

  it('lets arguments that are broken JSON travel as they were written, where the wire can', () => {
    const broken = '{"city": "Os';
    const call = { id: 'call_0', name: 'weather', arguments: {}, argumentsText: broken };
    const answer: Answer = {
      content: '',
      toolCalls: [call],
      finishReason: 'toolCalls',
      usage: { inputTokens: 1, outputTokens: 1 },
    };
    const read = codec.readStream(streamEvents(sent(codec, answer, { streams: true, chunkChars: 5 })));
    const kept = codec.name === 'gemini' ? { arguments: {} } : { argumentsText: broken };
    expect(read).toMatchObject({ kind: 'answer', answer: { toolCalls: [kept] } });
  });

  it('reads of arguments that break off what stands before the break', () => {
    const call = {
      id: 'call_0',
      name: 'weather',
      arguments: {},
      argumentsText: '{"city": "Oslo", "days": [1, 2',
    };
    const answer: Answer = {
      content: '',
      toolCalls: [call],
      finishReason: 'toolCalls',
      usage: { inputTokens: 1, outputTokens: 1 },
    };
    const read = codec.readStream(streamEvents(sent(codec, answer, { streams: true })));
    const whole = codec.name === 'gemini' ? {} : { city: 'Oslo' };
    expect(read).toMatchObject({ kind: 'answer', answer: { toolCalls: [{ arguments: whole }] } });
  });

  it.each([
    ['rateLimited', 429],
    ['serverError', 500],
    ['unauthorised', 401],
    ['badRequest', 400],
  ] as const)('says %s with status %d, and reads it back', (reason, status) => {
    const failure = { reason, message: 'no', retryable: false };
    const { dialect } = codec;
    expect(dialect.statusOf(failure)).toBe(status);
    expect(dialect.readFailure(status, dialect.failure(failure, 'req_1'))).toMatchObject({
      reason,
      status,
      message: 'no',
    });
  });
});

describe('arguments that a model wrote', () => {
  it.each([
    ['{"__proto__": {"admin": true}, "city": "Os', { city: 'Os' }],
    ['{"a": NaN, "b": 1', { a: null, b: 1 }],
    ['no JSON at all', {}],
    ['[1, 2', {}],
    ['{"city": "Oslo"}}', { city: 'Oslo' }],
  ])('as %s are read without harm', (written, read) => {
    const found = argumentsOf(written);
    expect(Object.getPrototypeOf(found.arguments)).toBe(Object.prototype);
    expect(found).toMatchObject({ argumentsText: written });
    expect(JSON.stringify(found.arguments)).toBe(JSON.stringify(read));
  });
});

describe('the registry', () => {
  it.each([
    ['/chat/completions', 'openai-chat'],
    ['/v1/chat/completions', 'openai-chat'],
    ['/responses', 'openai-responses'],
    ['/v1/embeddings', 'openai-embeddings'],
    ['/messages', 'anthropic-messages'],
    ['/v1/messages', 'anthropic-messages'],
    ['/v1beta/models/gemini-3-pro:generateContent', 'gemini'],
    ['/v1beta/models/gemini-3-pro:streamGenerateContent', 'gemini'],
    ['/models/text-embedding-004:batchEmbedContents', 'gemini-embeddings'],
  ])('finds the codec of %s', (path, name) => {
    expect(codecFor('POST', path)?.name).toBe(name);
    expect(codecFor('GET', path)).toBeUndefined();
  });

  it('names every door, and no request belongs to two', () => {
    const paths = [
      ...Object.values(doors).map(({ path }) => path),
      '/v1/embeddings',
      '/models/m:embedContent',
    ];
    for (const path of paths) expect(codecs.filter((codec) => codec.serves('POST', path))).toHaveLength(1);
    expect(new Set(codecs.map(({ name }) => name)).size).toBe(codecs.length);
  });

  it.each([
    ['/v1/models', 'openai'],
    ['/v1/messages/count_tokens', 'anthropic'],
    ['/v1beta/models/m:countTokens', 'gemini'],
  ])('refuses %s in the words of %s', (path, provider) => {
    expect(codecFor('POST', path)).toBeUndefined();
    expect(dialectOf(path).provider).toBe(provider);
  });
});

describe('embeddings', () => {
  const vectorsOf = (name: string, body: JsonObject, path: string, answer: Partial<Answer> = {}): unknown => {
    const codec = codecs.find((one) => one.name === name)!;
    const call = codec.read(body, { path, query: '' });
    if (call.kind === 'problem') throw new Error(call.message);
    const whole = {
      content: '',
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 2, outputTokens: 0 },
    } as const;
    const parts = { call, answer: { ...whole, ...answer }, usage: whole.usage, token: 't', atMs: 0 };
    const read = codec.readReply(JSON.parse(JSON.stringify(codec.plain(parts))) as JsonObject);
    return read.kind === 'answer' ? read.answer.embeddings : read;
  };
  const openai = (more: JsonObject, answer: Partial<Answer> = {}): unknown =>
    vectorsOf('openai-embeddings', { model: 'm', input: 'cat', ...more }, '/embeddings', answer);

  it('of one text are the same vector of length 1, as base64 and as floats', () => {
    const [vector] = openai({ dimensions: 8 }) as number[][];
    expect(vector).toHaveLength(8);
    expect(Math.hypot(...vector!)).toBeCloseTo(1, 5);
    expect(openai({ dimensions: 8, encoding_format: 'base64' })).toEqual([vector]);
    expect(openai({ input: ['cat', 'dog', 'cat'], dimensions: 8 })).toEqual([
      vector,
      expect.not.objectContaining(vector!),
      vector,
    ]);
  });

  it('that were written are those that are told', () => {
    expect(openai({ input: ['a', 'b'] }, { embeddings: [[0.5, 0.25]] })).toEqual([
      [0.5, 0.25],
      [0.5, 0.25],
    ]);
    const batch = { requests: [{ content: { parts: [{ text: 'cat' }] } }] };
    expect(
      vectorsOf('gemini-embeddings', batch, '/models/m:batchEmbedContents', { embeddings: [[1, 0]] }),
    ).toEqual([[1, 0]]);
  });
});
