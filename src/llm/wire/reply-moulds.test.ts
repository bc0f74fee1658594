// Tests of reply moulds: what is cast is, to the byte, what would have been written out.
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { completeDelivery, type ModelOutcome } from '../../chaos/outcome.ts';
import type { Answer } from '../../team/ask.ts';
import { carry, type CarriageParts } from './carriage.ts';
import { codecs } from './codecs.ts';
import type { WireCodec } from './codec.ts';
import { ReplyMoulds } from './reply-moulds.ts';

const answer: Answer = {
  content: 'The order is in Oslo, and is due on Friday.',
  toolCalls: [],
  finishReason: 'stop',
  usage: { inputTokens: 12, outputTokens: 9 },
};
const answered = (more: Partial<Answer> = {}, delivery = {}): ModelOutcome => ({
  kind: 'answered',
  answer: { ...answer, ...more },
  delivery: { ...completeDelivery, ...delivery },
});

const requests: readonly JsonObject[] = [
  {},
  { stream: true },
  { stream: true, stream_options: { include_usage: true } },
  { model: 'gpt-4o-mini' },
  { max_tokens: 3 },
  { max_completion_tokens: 2 },
  { user: 'somebody', metadata: { team: 'sales' } },
  { temperature: 0.5, seed: 7 },
  { n: 2 },
  { n: 2, stream: true },
];

const outcomes: readonly ModelOutcome[] = [
  answered(),
  answered({ usage: { inputTokens: 13, outputTokens: 9 } }),
  answered({ finishReason: 'length' }),
  answered({ toolCalls: [{ id: 'c', name: 'track', arguments: {} }] }),
  answered({ refusal: 'No.' }),
  answered({ reasoning: 'Hm.' }),
  answered({ content: 'mouldmouldmould0' }),
  answered({}, { latencyMs: 5 }),
  answered({}, { chunkGapMs: 5 }),
  answered({}, { chunkChars: 3 }),
  answered({}, { end: { kind: 'cut', share: 0.5, clean: false } }),
  { kind: 'silent', billed: null },
];

function partsFor(codec: WireCodec, more: JsonObject, serial: number): CarriageParts {
  const spoken = [{ role: 'user', content: 'Where is it?' }];
  const target = { path: '/v1/models/gemini-pro:generateContent', query: '' };
  const body = {
    model: 'gpt-4o',
    max_tokens: 99,
    messages: spoken,
    input: 'Where is it?',
    contents: [],
    content: { parts: [{ text: 'Where is it?' }] },
    ...more,
  };
  const call = codec.read(body, target);
  if (call.kind === 'problem') throw new Error(call.message);
  const token = serial.toString(16).padStart(16, '0');
  return { codec, call, token, attempt: 1 + (serial % 3), atMs: 1_700_000_000_000 + serial * 90 };
}

describe.each(codecs.map((codec) => [codec.name, codec] as const))(
  'replies of %s that come from a mould',
  (_name, codec) => {
    it('are what is written out without one, whatever the call, the answer and the moment', () => {
      const moulds = new ReplyMoulds();
      let serial = 0;
      for (let round = 0; round < 4; round += 1)
        for (const outcome of outcomes)
          for (const request of requests) {
            serial += 1;
            const parts = partsFor(codec, request, serial);
            expect(moulds.carry(outcome, parts)).toEqual(carry(outcome, parts));
          }
      expect(serial).toBeGreaterThan(300);
    });
  },
);

describe('a mould', () => {
  it('is used: the codec is not asked again for what it has written out', () => {
    const [chat] = codecs as [WireCodec];
    let written = 0;
    const counting: WireCodec = { ...chat, plain: (parts) => ((written += 1), chat.plain(parts)) };
    const moulds = new ReplyMoulds();
    for (let serial = 0; serial < 9; serial += 1) moulds.carry(answered(), partsFor(counting, {}, serial));
    expect(written).toBe(2);
  });
});
