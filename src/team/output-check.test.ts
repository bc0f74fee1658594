// The check of outputs: whatever a model writes, the check answers, and lets through only what fits.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { JsonObject } from '../base/json.ts';
import { checkInput, checkOutput } from './output-check.ts';
import { defineTeam } from './team.ts';

const agent = { responsibility: 'writes', instructions: 'Write.', input: z.object({ topic: z.string() }) };
const textOf = ({ text }: JsonObject): string => (typeof text === 'string' ? text : '');
const team = defineTeam({
  name: 'crew',
  agents: [
    {
      ...agent,
      name: 'writer',
      output: z.object({ text: z.string() }),
      writes: ['note'],
      gates: ['short', 'polite'],
    },
    { ...agent, name: 'loose', output: z.looseObject({}) },
  ],
  gates: {
    short: ({ payload }) => (textOf(payload).length < 20 ? null : 'Too long.'),
    polite: ({ payload }) => (textOf(payload).startsWith('Dear') ? null : 'Greet first.'),
  },
  context: { note: { schema: z.number() }, other: { schema: z.number() } },
  routes: { kind: 'sequence', agents: ['writer', 'loose'] },
});

function check(content: string, who: 'writer' | 'loose' = 'writer') {
  const { gates } = team.definition.agents[who]!;
  return checkOutput(team, { agent: who, content, gates, input: {}, slice: {}, toolResults: [], atMs: 0 });
}

const good = { payload: { text: 'Dear you' }, context: { note: 1 }, confidence: 0.5 };
const told = (content: unknown) =>
  check(JSON.stringify(content)).feedback.map((line) => `${line.gate}: ${line.feedback}`);

describe('an output', () => {
  it('that fits is parsed, with its defaults', () => {
    expect(check(JSON.stringify(good))).toEqual({
      passed: true,
      reply: { payload: { text: 'Dear you' }, patch: { note: 1 }, confidence: 0.5, flags: [] },
      feedback: [],
    });
  });

  it.each([
    '',
    'Sure! Here is the JSON:',
    '```json\n{}\n```',
    '[]',
    '[{}]',
    'null',
    '1',
    '"{}"',
    '{',
    '{"a":1}}',
    '{"payload":',
  ])('that is no JSON object is rejected (%s)', (content) => {
    expect(check(content)).toEqual({
      passed: false,
      reply: null,
      feedback: [{ gate: 'schema', feedback: 'The answer is not a JSON object.' }].filter(
        () => content !== '{}',
      ),
    });
  });

  it.each([
    ['payload.text', { ...good, payload: { text: 1 } }],
    ['payload', { ...good, payload: [] }],
    ['payload', { ...good, payload: null }],
    ['confidence', { ...good, confidence: 1.01 }],
    ['confidence', { ...good, confidence: '0.9' }],
    ['confidence', { ...good, confidence: null }],
    ['context.note', { ...good, context: { note: 'one' } }],
    ['flags.0', { ...good, flags: [1] }],
    ['next', { ...good, next: 7 }],
  ])('is told the place of what does not fit (%s)', (place, content) => {
    expect(told(content)).toEqual([expect.stringContaining(`schema: At ${place}: `)]);
  });

  it('may write its own keys of the context, and no others', () => {
    expect(told({ ...good, context: { other: 1 } })).toEqual([expect.stringContaining('schema: At context')]);
  });

  it('gets the objections of every gate at once', () => {
    expect(told({ ...good, payload: { text: 'x'.repeat(30) } })).toEqual([
      'short: Too long.',
      'polite: Greet first.',
    ]);
  });

  it('of an agent that nobody knows is rejected', () => {
    for (const name of ['ghost', 'constructor', '__proto__']) {
      const subject = {
        agent: name,
        content: '{}',
        gates: [],
        input: {},
        slice: {},
        toolResults: [],
        atMs: 0,
      };
      expect(checkOutput(team, subject)).toMatchObject({ passed: false, reply: null });
      expect(checkInput(team, name, {})).toContain('no agent is called');
    }
  });

  it('cannot change what objects inherit', () => {
    const content =
      '{"payload":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}},"confidence":1,"__proto__":{"polluted":1}}';
    const { reply } = check(content, 'loose');
    expect('polluted' in {}).toBe(false);
    expect('polluted' in (reply?.payload ?? {})).toBe(false);
  });

  it('may be huge, or as deep as a stack is not', () => {
    expect(check(JSON.stringify({ ...good, payload: { text: 'Dear '.repeat(200_000) } })).passed).toBe(false);
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    for (const content of [deep, `{"payload":${deep},"confidence":1}`])
      expect(check(content, 'loose').feedback).toMatchObject([
        { feedback: expect.stringContaining('nested deeper') },
      ]);
  });

  it('never makes the check throw, and never passes without a reply', () => {
    const nearly = fc.record(
      { payload: fc.jsonValue(), context: fc.jsonValue(), confidence: fc.jsonValue(), flags: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const contents = fc.oneof(
      fc.string(),
      fc.json(),
      nearly.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(contents, (content) => {
        const finding = check(content, 'loose');
        expect(finding.passed && finding.reply === null).toBe(false);
        expect(finding.passed || finding.feedback.length > 0).toBe(true);
      }),
    );
  });
});

describe('an input', () => {
  it('is checked at the receiver, with the place of what does not fit', () => {
    expect(checkInput(team, 'writer', { topic: 'rain' })).toBeNull();
    expect(checkInput(team, 'writer', { topic: 1 })).toContain('at topic: ');
    expect(checkInput(team, 'writer', {})).toContain('at topic: ');
  });
});
