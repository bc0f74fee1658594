// Tests of aimock fixtures read as scripts: each kind of match and reply, and what cannot be read says where.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../base/random.ts';
import type { Json } from '../../base/json.ts';
import type { Answer, Ask } from '../../team/ask.ts';
import { asking, system, user } from '../asking.test-support.ts';
import { begun } from '../double.ts';
import { parseScript } from '../script-file/parse-script.ts';
import { scriptDouble } from '../script-file/script-file.ts';
import { SpoiltCall } from '../spoilt-call.ts';

const random = createRandom(1);

function doubleOf(...fixtures: readonly Json[]) {
  return begun(scriptDouble(parseScript({ fixtures }, 'aimock.json'), 'aimock.json'));
}

function said(double: ReturnType<typeof doubleOf>, ask: Ask): Answer {
  const text = JSON.stringify({ model: ask.model, messages: ask.messages, tools: ask.tools });
  const request = { method: 'POST', path: '/chat/completions', query: '', headers: new Headers(), text };
  return double.answer(ask, random, request) as Answer;
}

const saying = (content: string, more: Partial<Ask> = {}): Ask =>
  asking({ messages: [system('You are Ada.'), user(content)], key: content, ...more });

const result = (content: string): Ask =>
  saying('x', {
    key: content,
    messages: [
      user('book'),
      { role: 'assistant', content: '', toolCalls: [{ id: 'call_1', name: 'book', arguments: {} }] },
      { role: 'tool', callId: 'call_1', name: 'book', content },
    ],
  });

describe('an aimock file', () => {
  it('matches on what the user, the system and a tool said, on tools that are offered, and on the model', () => {
    const double = doubleOf(
      { match: { toolResultContains: 'rejected' }, response: { content: 'sorry' } },
      { match: { toolCallId: 'call_1' }, response: { content: 'done' } },
      { match: { userMessage: 'hello', systemMessage: ['Ada', 'You'] }, response: { content: 'from Ada' } },
      {
        match: { toolName: 'weather' },
        response: { toolCalls: [{ name: 'weather', arguments: { in: 'Oslo' } }] },
      },
      { match: { model: 'gpt-4o' }, response: { content: { price: 3 } } },
    );
    const tool = { name: 'weather', description: '', parameters: {} };
    expect(said(double, result('rejected by a person')).content).toBe('sorry');
    expect(said(double, result('fine')).content).toBe('done');
    expect(said(double, saying('oh, hello')).content).toBe('from Ada');
    expect(said(double, saying('any', { tools: [tool] })).toolCalls).toMatchObject([
      { arguments: { in: 'Oslo' } },
    ]);
    expect(said(double, saying('price', { model: 'gpt-4o-2024-08-06' })).content).toBe('{"price":3}');
    expect(() => said(double, saying('price', { model: 'gpt-4o-mini' }))).toThrow(/SCRIPT_NO_ENTRY/);
  });

  it('answers a sequence in its order, whatever the order of the file, and then lets others answer', () => {
    const joke = (sequenceIndex: number, content: string): Json => ({
      match: { userMessage: 'joke', sequenceIndex },
      response: { content },
    });
    const double = doubleOf(joke(1, 'two'), joke(0, 'one'), { match: {}, response: { content: 'no more' } });
    const asked = [1, 2, 3].map((turn) => said(double, saying('joke', { turn, key: `joke${turn}` })).content);
    expect(asked).toEqual(['one', 'two', 'no more']);
  });

  it('takes blocks, usage, finish reason and reasoning over', () => {
    const double = doubleOf({
      match: {},
      response: {
        id: 'chatcmpl-1',
        blocks: [
          { type: 'toolCall', name: 'look', arguments: '{"at":1}' },
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
        usage: { prompt_tokens: 3, completion_tokens: 4 },
        finishReason: 'length',
        reasoning: 'hm',
      },
      latency: 20,
    });
    expect(said(double, saying('x'))).toMatchObject({
      content: 'ab',
      toolCalls: [{ name: 'look', arguments: { at: 1 } }],
      usage: { inputTokens: 3, outputTokens: 4 },
      finishReason: 'length',
      reasoning: 'hm',
    });
  });

  it('fails every time where a fixture is an error', () => {
    const error = { error: { message: 'slow down' }, status: 429, retryAfter: 30 };
    const double = doubleOf({ match: {}, response: error });
    for (const attempt of [1, 2, 3]) expect(() => said(double, saying('x', { attempt }))).toThrow(SpoiltCall);
  });

  it.each<readonly [Json, RegExp]>([
    [
      { match: {}, response: { image: { url: 'x' } } },
      /\[AIMOCK_UNSUPPORTED\] at aimock\.json#\/fixtures\/0: .*image/,
    ],
    [{ match: {}, response: { error: { message: 'x' }, status: 418 } }, /AIMOCK_UNSUPPORTED.*418/],
    [
      { match: { endpoint: 'speech' }, response: { content: '' } },
      /AIMOCK_INVALID\] at aimock\.json#\/fixtures\/0\/match\/endpoint/,
    ],
    [{ match: { sequenceIndex: 1 }, response: { content: '' } }, /AIMOCK_INVALID.*sequenceIndex 0/],
    [
      { match: {}, response: { content: '' }, chaos: { dropRate: 1 } },
      /AIMOCK_UNSUPPORTED\] at aimock\.json#\/fixtures\/0\/chaos/,
    ],
  ])('that says %j is refused', (fixture, told) => {
    expect(() => doubleOf(fixture)).toThrow(told);
  });
});
