// Faults of what the model says: loops, false ends, empty and broken answers.
import { describe, expect, it } from 'vitest';
import { bendOnce, seenBefore } from '../bend-once.test-support.ts';
import { answer, answered, toolAnswer } from '../crossing.test-support.ts';
import type { ModelOutcome } from '../outcome.ts';
import { isSameOutcome } from '../same-outcome.ts';

const plain = answered();
const withTools = answered(toolAnswer);
const saidBy = (kind: string, parameters: object, ...rest: [ModelOutcome, ...ModelOutcome[]]): unknown => {
  const [outcome, ...before] = rest;
  const bent = bendOnce(kind, { ...parameters }, { outcome, seen: before.map((one) => seenBefore(one)) });
  if (bent === null || isSameOutcome(bent, outcome)) return null;
  return (bent as ModelOutcome & { kind: 'answered' }).answer;
};

describe('content.loop', () => {
  it('asks for the same tool again, under a new call id', () => {
    expect(saidBy('content.loop', {}, plain, withTools)).toMatchObject({
      content: toolAnswer.content,
      toolCalls: [{ ...toolAnswer.toolCalls[0], id: 'call_1~1' }],
      finishReason: 'toolCalls',
      usage: answer.usage,
    });
  });

  it('finds the last plan, or the last tool call, as it is told', () => {
    expect(saidBy('content.loop', { what: 'toolCall' }, plain, withTools, plain)).toMatchObject({
      content: toolAnswer.content,
    });
    expect(saidBy('content.loop', { what: 'plan' }, withTools, plain, withTools)).toMatchObject({
      content: answer.content,
      finishReason: 'stop',
    });
  });

  it('says the same in other words', () => {
    const said = saidBy('content.loop', { wording: 'paraphrased' }, plain, withTools) as { content: string };
    expect(said.content).not.toBe(toolAnswer.content);
    expect(said.content).toMatch(/look it up\.$/);
    const json = saidBy('content.loop', { wording: 'paraphrased' }, withTools, plain) as { content: string };
    expect(json.content).not.toBe(answer.content);
    expect(JSON.parse(json.content)).toEqual(JSON.parse(answer.content));
  });

  it('changes nothing when the agent has said nothing yet, or only others have', () => {
    expect(saidBy('content.loop', {}, plain)).toBeNull();
    const others = [seenBefore(withTools, { agent: 'closer' })];
    expect(bendOnce('content.loop', {}, { outcome: plain, seen: others })).toBeNull();
    expect(saidBy('content.loop', { repeats: 0 }, plain, withTools)).toBeNull();
  });
});

describe('content.prematureDone', () => {
  it('drops the tool calls and claims success', () => {
    expect(saidBy('content.prematureDone', {}, withTools)).toMatchObject({
      toolCalls: [],
      finishReason: 'stop',
    });
    const said = saidBy('content.prematureDone', { style: 'reply' }, withTools) as { content: string };
    expect(JSON.parse(said.content)).toMatchObject({ payload: {}, confidence: 1 });
  });

  it('may leave final answers alone', () =>
    expect(saidBy('content.prematureDone', { when: 'beforeTools' }, plain)).toBeNull());
});

describe('content.neverDone', () => {
  it('turns an end into one more step', () => {
    expect(saidBy('content.neverDone', {}, plain)).toMatchObject({
      content: expect.stringContaining('next step'),
    });
    expect(saidBy('content.neverDone', { style: 'toolCall' }, plain, withTools)).toMatchObject({
      toolCalls: [{ name: 'search', id: 'call_1~1' }],
      finishReason: 'toolCalls',
    });
  });

  it('leaves a step alone', () => expect(saidBy('content.neverDone', {}, withTools)).toBeNull());
});

describe('content.empty', () => {
  it('says nothing', () =>
    expect(saidBy('content.empty', {}, withTools)).toMatchObject({ content: '', toolCalls: [] }));
  it('leaves an empty answer alone', () =>
    expect(saidBy('content.empty', {}, answered({ ...answer, content: '' }))).toBeNull());
});

describe('content.truncate', () => {
  it('says so when it is honest', () =>
    expect(saidBy('content.truncate', { keep: 0.5 }, plain)).toMatchObject({
      content: answer.content.slice(0, Math.round(answer.content.length / 2)),
      finishReason: 'length',
    }));
  it('does not say so when it lies', () =>
    expect(saidBy('content.truncate', { keep: 0.5, finish: 'lying' }, withTools)).toMatchObject({
      toolCalls: [],
      finishReason: 'stop',
    }));
  it('leaves an answer alone that it keeps whole', () =>
    expect(saidBy('content.truncate', { keep: 1 }, plain)).toBeNull());
});

describe('content.refusal', () => {
  it('declines in the field for it, or in the content', () => {
    expect(saidBy('content.refusal', {}, plain)).toMatchObject({
      content: '',
      refusal: expect.stringContaining('sorry'),
    });
    expect(saidBy('content.refusal', { place: 'content', style: 'curt' }, plain)).toMatchObject({
      content: 'No.',
    });
  });
  it('has nothing to decline when the call failed', () =>
    expect(bendOnce('content.refusal', {}, { outcome: { kind: 'silent', billed: null } })).toBeNull());
});

describe('content.malformedJson', () => {
  const contentOf = (form: string, outcome: ModelOutcome = plain): string =>
    (saidBy('content.malformedJson', { form }, outcome) as { content: string } | null)?.content ?? 'unbent';

  it.each(['missingBrace', 'trailingComma', 'singleQuotes', 'twice', 'fence', 'prose'])(
    'by %s is JSON no more',
    (form) => {
      expect(() => JSON.parse(answer.content) as unknown).not.toThrow();
      expect(() => JSON.parse(contentOf(form)) as unknown).toThrow(SyntaxError);
    },
  );

  it('keeps the JSON whole in a fence and in prose', () => {
    for (const form of ['fence', 'prose']) expect(contentOf(form)).toContain(answer.content);
  });

  it('leaves alone what is no JSON', () => expect(contentOf('fence', withTools)).toBe('unbent'));
});

describe('content.corrupt', () => {
  const text =
    'naïve — 猫, and ninety more characters of plain text that nobody would miss, or would they, after all';
  const corrupted = (parameters: object): string =>
    (saidBy('content.corrupt', parameters, answered({ ...answer, content: text })) as { content: string })
      .content;

  it('loses about as many characters as it was told', () => {
    const lost = corrupted({ ratio: 0.1 }).split('\uFFFD').length - 1;
    expect(Math.abs(lost - text.length / 10)).toBeLessThanOrEqual(1);
    expect(corrupted({ ratio: 0.5, how: 'dropped' }).length).toBeLessThan(text.length * 0.6);
  });

  it('reads UTF-8 as Latin-1', () =>
    expect(Buffer.from(corrupted({ ratio: 1, how: 'mojibake' }), 'latin1').toString('utf8')).toBe(text));

  it('leaves ASCII alone that is read as Latin-1', () =>
    expect(saidBy('content.corrupt', { ratio: 1, how: 'mojibake' }, plain)).toBeNull());
});
