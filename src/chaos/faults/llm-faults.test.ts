// Faults of the model's transport and stream: what each makes of an answer, and when it changes nothing.
import { describe, expect, it } from 'vitest';
import { arrivalMs } from '../arrival.ts';
import { bendOnce, seenBefore, type Shown } from '../bend-once.test-support.ts';
import { answer, answered, onTheWire, toolAnswer } from '../crossing.test-support.ts';
import { arrivedPart, streamedLength } from '../delivery.ts';
import type { ModelOutcome } from '../outcome.ts';
import { isSameOutcome } from '../same-outcome.ts';

type Case = readonly [sentence: string, kind: string, parameters: object, shown: Shown, comes: unknown];

const plain = answered();
const wired = onTheWire();
/** What is asked of the delivery or the failure; other members may be anything. */
const delivery = (more: object): object => ({ delivery: more });
const failure = (more: object): object => ({ kind: 'failed', failure: more });
const broken: ModelOutcome = {
  kind: 'failed',
  failure: { reason: 'serverError', message: 'x', retryable: true },
  afterMs: 10,
  headers: {},
  billed: null,
};

const bends: readonly Case[] = [
  [
    'latency adds to the headers',
    'llm.latency',
    { ms: 500 },
    { outcome: plain },
    delivery({ latencyMs: 1500 }),
  ],
  ['latency also delays a failure', 'llm.latency', { ms: 500 }, { outcome: broken }, { afterMs: 510 }],
  [
    'a burst of latency is slow at first',
    'llm.latency',
    { ms: 9, dist: 'burst' },
    { outcome: plain, crossing: { ordinal: 3 } },
    delivery({ latencyMs: 1009 }),
  ],
  [
    'a timeout throws after its time',
    'llm.timeout',
    { afterMs: 40 },
    {},
    { ...failure({ reason: 'timeout', retryable: true }), afterMs: 40 },
  ],
  ['a timeout may hang', 'llm.timeout', { how: 'hang' }, {}, { kind: 'silent', billed: null }],
  ['a hang is silent', 'llm.hang', {}, {}, { kind: 'silent', billed: null }],
  [
    'a rate limit says when to come back',
    'llm.rateLimit',
    { retryAfterMs: 1500 },
    {},
    { ...failure({ status: 429, retryAfterMs: 2000 }), headers: { 'retry-after': '2' } },
  ],
  [
    'a rate limit may give a date',
    'llm.rateLimit',
    { retryAfter: 'date', retryAfterMs: 5000 },
    {},
    { ...failure({ retryAfterMs: 5000 }), headers: { 'retry-after': 'Tue, 14 Nov 2023 22:13:25 GMT' } },
  ],
  [
    'a quota that is used up refuses',
    'llm.rateLimit',
    { quotaCalls: 1, quotaWindowMs: 100 },
    { crossing: { elapsedMs: 99 }, seen: [seenBefore(null)] },
    failure({ status: 429 }),
  ],
  [
    'a server error has its status',
    'llm.serverError',
    { status: 529, afterMs: 3 },
    {},
    { ...failure({ status: 529, retryable: true }), afterMs: 3 },
  ],
  [
    'a proxy sends HTML',
    'llm.serverError',
    { status: 502, body: 'proxyHtml' },
    {},
    { rawBody: expect.stringContaining('502 Bad Gateway'), headers: { 'content-type': 'text/html' } },
  ],
  [
    'a refused key is final',
    'llm.authError',
    { status: 403 },
    {},
    failure({ reason: 'unauthorised', status: 403, retryable: false }),
  ],
  [
    'a reset at once loses a billed answer',
    'llm.reset',
    {},
    { outcome: plain },
    { ...failure({ reason: 'reset' }), billed: answer.usage },
  ],
  [
    'a reset in the middle cuts',
    'llm.reset',
    { afterBytes: 10 },
    { outcome: plain },
    delivery({ end: { kind: 'cut', clean: false, share: 10 / answer.content.length } }),
  ],
  [
    'half-open is silence',
    'llm.reset',
    { close: 'halfOpen' },
    { outcome: plain },
    { kind: 'silent', billed: answer.usage },
  ],
  [
    'half-open in the middle hangs',
    'llm.reset',
    { close: 'halfOpen', afterBytes: 10 },
    { outcome: plain },
    delivery({ end: { kind: 'hang', share: 10 / answer.content.length } }),
  ],
  ['refused is refused', 'llm.refused', {}, {}, failure({ reason: 'refused' })],
  [
    'dropped packets are noticed late',
    'llm.drop',
    { afterMs: 77 },
    {},
    { ...failure({ reason: 'unreachable' }), afterMs: 77 },
  ],
  [
    'a partition cuts its agents off',
    'llm.partition',
    { agents: ['writer'] },
    {},
    failure({ reason: 'unreachable' }),
  ],
  [
    'a lost response is billed',
    'llm.lostResponse',
    {},
    { outcome: plain },
    { kind: 'silent', billed: answer.usage },
  ],
  [
    'a lost response may end in a reset when it was due',
    'llm.lostResponse',
    { how: 'reset' },
    { outcome: plain },
    { ...failure({ reason: 'reset' }), afterMs: 1000, billed: answer.usage },
  ],
  [
    'a slow line slows every chunk',
    'llm.bandwidth',
    { bytesPerSecond: 16 },
    { outcome: plain },
    delivery({ chunkGapMs: expect.toSatisfy((ms: number) => ms > 500 && ms < 1100) }),
  ],
  [
    'slices are small and far apart',
    'llm.slice',
    { bytes: 4, delayMs: 7 },
    { outcome: plain },
    delivery({ chunkChars: 4, chunkGapMs: 7 }),
  ],
  [
    'a slow close keeps the line open',
    'llm.slowClose',
    { delayMs: 900 },
    { outcome: plain },
    delivery({ closeAfterMs: 900 }),
  ],
  [
    'limited data closes in good order',
    'llm.limitData',
    { bytes: 13 },
    { outcome: plain },
    delivery({ end: { kind: 'cut', clean: true, share: 13 / answer.content.length } }),
  ],
  [
    'too long a request is refused for good',
    'llm.contextLengthError',
    { tokensMax: 299 },
    { outcome: plain },
    failure({ reason: 'contextLength', status: 400, retryable: false }),
  ],
  [
    'the filter stops the answer',
    'llm.contentFilter',
    {},
    { outcome: plain },
    { answer: expect.objectContaining({ content: '', finishReason: 'contentFilter' }) },
  ],
  [
    'the first token is late',
    'stream.slowTtft',
    { ms: 50 },
    { outcome: plain },
    delivery({ firstTokenMs: 50 }),
  ],
  ['chunks are slow', 'stream.slowChunks', { ms: 50 }, { outcome: plain }, delivery({ chunkGapMs: 50 })],
  [
    'chunks keep a pace of tokens',
    'stream.slowChunks',
    { tokensPerSecond: 10 },
    { outcome: plain },
    delivery({ chunkGapMs: 1000 }),
  ],
  [
    'a cut after a chunk',
    'stream.cut',
    { after: 1 },
    { outcome: plain },
    delivery({ end: { kind: 'cut', share: 1 / 4, clean: false } }),
  ],
  [
    'a clean cut after a time',
    'stream.cut',
    { after: 0, unit: 'ms', ending: 'clean' },
    { outcome: plain },
    delivery({ end: { kind: 'cut', share: 0, clean: true } }),
  ],
  [
    'a stream that stops stays open',
    'stream.hang',
    { afterChunks: 1 },
    { outcome: plain },
    delivery({ end: { kind: 'hang', share: 1 / 4 } }),
  ],
  [
    'a stream ends inside a tool call',
    'stream.truncateMidToolCall',
    { offset: 4 },
    { outcome: answered(toolAnswer) },
    delivery({ end: { kind: 'cut', share: 15 / streamedLength(toolAnswer), clean: true } }),
  ],
  [
    'usage that is absent is not told, where there is a wire',
    'llm.usageMissing',
    {},
    { outcome: wired },
    { answer, ...delivery({ toldUsage: 'untold' }) },
  ],
  [
    'usage that is absent counts as nothing, where there is none',
    'llm.usageMissing',
    {},
    { outcome: plain },
    { answer: { usage: { inputTokens: 0, outputTokens: 0 } } },
  ],
  [
    'usage may be ten times what it was',
    'llm.usageWrong',
    { factor: 10 },
    { outcome: plain },
    { answer: { content: answer.content, usage: { inputTokens: 3000, outputTokens: 400 } } },
  ],
  [
    'a stale cache gives the last answer of the same agent',
    'llm.replayedResponse',
    {},
    {
      outcome: plain,
      seen: [
        seenBefore(answered(toolAnswer)),
        seenBefore(answered({ ...toolAnswer, content: 'x' }), { agent: 'closer' }),
      ],
    },
    { answer: toolAnswer },
  ],
  [
    'a stale cache may give the first answer of anyone',
    'llm.replayedResponse',
    { which: 'first', of: 'anyone' },
    { outcome: plain, seen: [seenBefore(answered(toolAnswer), { agent: 'closer' }), seenBefore(plain)] },
    { answer: toolAnswer },
  ],
  [
    'bytes are cut anew',
    'stream.rechunk',
    { bytes: 3, gapMs: 2 },
    { outcome: wired },
    delivery({ mishap: { kind: 'rechunked', bytes: 3, gapMs: 2 } }),
  ],
  [
    'characters of several bytes are split',
    'stream.splitUtf8',
    {},
    { outcome: onTheWire({ ...answer, content: 'naïve' }) },
    delivery({ mishap: { kind: 'splitCharacters', gapMs: 1 } }),
  ],
  [
    'names of fields are split',
    'stream.splitSseField',
    {},
    { outcome: wired },
    delivery({ mishap: { kind: 'splitFields', gapMs: 1 } }),
  ],
  [
    'an event comes twice',
    'stream.duplicate',
    { at: 0.3 },
    { outcome: wired },
    delivery({ mishap: { kind: 'duplicated', share: 0.3 } }),
  ],
  [
    'an event comes too late',
    'stream.reorder',
    {},
    { outcome: wired },
    delivery({ mishap: { kind: 'reordered', share: 0.5 } }),
  ],
  [
    'a stream has all but its end',
    'stream.missingFinish',
    {},
    { outcome: plain },
    delivery({ end: { kind: 'cut', share: 1, clean: true } }),
  ],
  [
    'an error comes after the status',
    'stream.error-after-200',
    {},
    { outcome: plain },
    delivery({ end: { kind: 'failed', share: 0.5, failure: { reason: 'serverError', status: 529 } } }),
  ],
  [
    'an event of the stream breaks off',
    'stream.error-after-200',
    { how: 'json', after: 0.2 },
    { outcome: wired },
    delivery({ mishap: { kind: 'malformed', share: 0.2, how: 'json' } }),
  ],
  [
    'an event that breaks off is an error where there are no events',
    'stream.error-after-200',
    { how: 'sse' },
    { outcome: plain },
    delivery({ end: { kind: 'failed', share: 0.5 } }),
  ],
];

const leaves: readonly (readonly [sentence: string, kind: string, parameters: object, shown: Shown])[] = [
  ['a latency of 0 ms', 'llm.latency', { ms: 0 }, { outcome: plain }],
  [
    'latency between bursts',
    'llm.latency',
    { ms: 9, dist: 'burst' },
    { outcome: plain, crossing: { ordinal: 4 } },
  ],
  ['a quota with room', 'llm.rateLimit', { quotaCalls: 2 }, { seen: [seenBefore(null)] }],
  [
    'a quota whose window is over',
    'llm.rateLimit',
    { quotaCalls: 1, quotaWindowMs: 100 },
    { crossing: { elapsedMs: 100 }, seen: [seenBefore(null)] },
  ],
  ['a reset after the last byte', 'llm.reset', { afterBytes: 1000 }, { outcome: plain }],
  ['a partition of others', 'llm.partition', { agents: ['closer'] }, {}],
  ['a partition that heals at once', 'llm.partition', { healAfterMs: 0 }, {}],
  ['no limit on the line', 'llm.bandwidth', { bytesPerSecond: 0 }, { outcome: plain }],
  ['slices of no size', 'llm.slice', { bytes: 0 }, { outcome: plain }],
  ['a close without delay', 'llm.slowClose', { delayMs: 0 }, { outcome: plain }],
  ['a limit beyond the answer', 'llm.limitData', { bytes: 10_000 }, { outcome: plain }],
  ['a context that suffices', 'llm.contextLengthError', { tokensMax: 300 }, { outcome: plain }],
  ['a first token on time', 'stream.slowTtft', { ms: 0 }, { outcome: plain }],
  ['chunks at full speed', 'stream.slowChunks', {}, { outcome: plain }],
  ['a cut after the end', 'stream.cut', { after: 1000 }, { outcome: plain }],
  ['a hang after the end', 'stream.hang', { afterChunks: 1000 }, { outcome: plain }],
  ['an answer without tool calls', 'stream.truncateMidToolCall', {}, { outcome: plain }],
  ['an answer that cost nothing', 'llm.usageWrong', { factor: 1 }, { outcome: plain }],
  ['a first answer, which no cache has', 'llm.replayedResponse', {}, { outcome: plain }],
  [
    "another agent's answer",
    'llm.replayedResponse',
    {},
    { outcome: plain, seen: [seenBefore(plain, { agent: 'closer' })] },
  ],
  ['an answer without bytes', 'stream.rechunk', {}, { outcome: plain }],
  ['characters of one byte', 'stream.splitUtf8', {}, { outcome: wired }],
  [
    'events of a reply that has none',
    'stream.duplicate',
    {},
    { outcome: wired, crossing: { form: 'plain' } },
  ],
  [
    'the end of a reply that is no stream',
    'stream.missingFinish',
    {},
    { outcome: wired, crossing: { form: 'plain' } },
  ],
  [
    'bytes that are damaged already',
    'stream.rechunk',
    {},
    {
      outcome: {
        ...wired,
        delivery: { ...wired.delivery, mishap: { kind: 'duplicated', share: 1 } },
      },
    },
  ],
  ['an answer that is lost already', 'llm.lostResponse', {}, { outcome: broken }],
];

describe('a fault of the transport', () => {
  it.for(bends)('bends: %s', ([, kind, parameters, shown, comes]) =>
    expect(bendOnce(kind, { ...parameters }, shown)).toMatchObject(comes as object),
  );

  it.for(leaves)('leaves alone: %s', ([, kind, parameters, shown]) => {
    const bent = bendOnce(kind, { ...parameters }, shown);
    expect(bent === null || isSameOutcome(bent, shown.outcome)).toBe(true);
  });

  it('may be asked to come back without a word of when', () => {
    const bent = bendOnce('llm.rateLimit', { retryAfter: 'missing' });
    expect(bent).toMatchObject({ kind: 'failed', headers: {} });
    expect(bent).not.toHaveProperty('failure.retryAfterMs');
  });

  it('may be told nonsense about when to come back', () => {
    const said = Array.from({ length: 50 }, (_, seed) => {
      const bent = bendOnce('llm.rateLimit', { retryAfter: 'wrong' }, { seed }) as ModelOutcome;
      return bent.kind === 'failed' ? (bent.headers['retry-after'] ?? '') : '';
    });
    expect(said.filter((one) => /^[1-9]\d?$/.test(one))).toEqual([]);
    expect(new Set(said).size).toBeGreaterThan(3);
  });

  it('draws latency around its mean', () => {
    for (const dist of ['uniform', 'normal', 'exponential']) {
      let sum = 0;
      for (let seed = 0; seed < 2000; seed += 1) {
        const bent = bendOnce('llm.latency', { ms: 1000, dist }, { outcome: plain, seed }) as ModelOutcome;
        sum += (arrivalMs(bent) ?? 0) - 1000;
      }
      expect(Math.abs(sum / 2000 - 1000), dist).toBeLessThan(60);
    }
  });

  it('cuts a tool call so that no whole call arrives', () => {
    const bent = bendOnce('stream.truncateMidToolCall', { offset: 9999 }, { outcome: answered(toolAnswer) });
    const { end } = (bent as ModelOutcome & { kind: 'answered' }).delivery;
    const part = arrivedPart(toolAnswer, end.kind === 'cut' ? end.share : 1);
    expect(part).toMatchObject({ content: toolAnswer.content, toolCalls: [] });
  });
});
