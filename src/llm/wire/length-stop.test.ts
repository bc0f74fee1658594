// The length stop: what is longer than the request allows is cut as a provider cuts it, and nothing is cut twice.
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../team/ask.ts';
import { withinLength } from './length-stop.ts';

const answer = (more: Partial<Answer> = {}): Answer => ({
  content: 'one two three four five six seven eight',
  toolCalls: [],
  finishReason: 'stop',
  usage: { inputTokens: 9, outputTokens: 10 },
  ...more,
});

describe('an answer within so many tokens', () => {
  it('is itself where it keeps within, or where nothing limits it', () => {
    expect(withinLength(answer(), 10)).toEqual(answer());
    expect(withinLength(answer(), null)).toEqual(answer());
  });

  it('is cut with the finish reason length, and cut no further the next time', () => {
    const cut = withinLength(answer(), 3);
    expect(cut).toEqual(
      answer({ content: 'one two thre', finishReason: 'length', usage: { inputTokens: 9, outputTokens: 3 } }),
    );
    expect(withinLength(cut, 3)).toEqual(cut);
  });

  it('is not cut by an estimate where the provider counted fewer tokens', () => {
    const counted = answer({ usage: { inputTokens: 9, outputTokens: 2 } });
    expect(withinLength(counted, 3)).toEqual(counted);
  });

  it('keeps whole tool calls alone, and cuts refusals', () => {
    const call = { id: 'call_1', name: 'f', arguments: { city: 'Oslo' } };
    const both = answer({
      content: '',
      toolCalls: [call, { ...call, id: 'call_2' }],
      finishReason: 'toolCalls',
    });
    expect(withinLength(both, 5)).toMatchObject({ toolCalls: [call], finishReason: 'length' });
    expect(withinLength(answer({ content: '', refusal: 'I will not do this.' }), 1)).toMatchObject({
      refusal: 'I wi',
      finishReason: 'length',
    });
  });
});
