// Tests of script files: what fits, what is replied in which order, what faults and retries do, and what a bad file says.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../base/random.ts';
import type { Json } from '../../base/json.ts';
import type { Answer, Ask, Message } from '../../team/ask.ts';
import type { ModelRequest } from '../double.ts';
import { SpoiltCall } from '../spoilt-call.ts';
import { parseScriptText } from './parse-script.ts';
import { scriptFile } from './script-file.ts';

const random = createRandom(1);
const user = (content: string): Message => ({ role: 'user', content });

function askOf(more: Partial<Ask> = {}): Ask {
  const content = more.messages ?? [user('hello')];
  const base = { agent: 'planner', model: 'gpt-4o', tools: [], turn: 1, attempt: 1 };
  return { ...base, key: JSON.stringify([more.agent, content, more.turn]), ...more, messages: content };
}

const requestOf = (text: string, headers: Readonly<Record<string, string>> = {}): ModelRequest => ({
  method: 'POST',
  path: '/chat/completions',
  query: '',
  headers: { get: (name) => headers[name] ?? null },
  text,
});

/** What a script of these entries says to one ask: its content, or the message of its error. */
function said(entries: Json, ask: Ask, request?: ModelRequest): string {
  try {
    return (scriptFile({ entries }).answer(ask, random, request) as Answer).content;
  } catch (error) {
    return (error as Error).message;
  }
}

const entry = (match: Json, ...replies: Json[]): Json => ({ match, replies });

describe('an entry fits', () => {
  const conversation: readonly Message[] = [
    { role: 'system', content: 'You are the planner.' },
    user('Where is order 4711?'),
    { role: 'assistant', content: '', toolCalls: [{ id: 'c1', name: 'track', arguments: { order: 4711 } }] },
    { role: 'tool', callId: 'c1', name: 'track', content: '{"at":"Oslo"}' },
  ];
  const ask = askOf({ messages: conversation, turn: 2 });
  const request = requestOf('{"temperature":0.25,"messages":[]}', { 'x-team': 'sales' });
  const cases: readonly (readonly [what: string, fits: Json, fitsNot: Json])[] = [
    ['by agent', { agent: 'planner' }, { agent: 'critic' }],
    ['by model', { model: 'gpt-4o' }, { model: 'gpt-4' }],
    ['by a pattern of the model', { model: { pattern: '^gpt-4' } }, { model: { pattern: '^claude' } }],
    ['by a text of any message', { body: 'are the planner' }, { body: 'are the critic' }],
    ['by a text of the request as it was sent', { body: '"temperature":0.25' }, { body: '"temperature":1' }],
    ['by a short text', { body: '11?' }, { body: '12?' }],
    ['by what the user said last', { user: 'order 4711' }, { user: 'planner.' }],
    ['by the system prompt', { system: 'planner.' }, { system: 'order 4711' }],
    ['by the tool result at the end', { toolResult: 'Oslo' }, { toolResult: 'Bergen' }],
    ['by the tool', { toolResult: { tool: 'track' } }, { toolResult: { tool: 'pay' } }],
    ['by header', { headers: { 'X-Team': 'sales' } }, { headers: { 'x-team': 'support' } }],
    ['by turn', { ordinal: 2 }, { ordinal: 1 }],
    ['when all that is named fits', { agent: 'planner', ordinal: 2 }, { agent: 'planner', ordinal: 3 }],
  ];

  it.for(cases)('%s, among few as among many', ([, fits, fitsNot]) => {
    const others = Array.from({ length: 20 }, (_, n) => entry({ agent: `nobody ${n}` }, 'nobody'));
    for (const more of [[], others]) {
      const all = [...more, entry(fitsNot, 'no'), entry(fits, 'yes'), entry(fits, 'too late')];
      expect(said(all, ask, request)).toBe('yes');
      expect(said([...more, entry(fitsNot, 'no')], ask, request)).toContain('[SCRIPT_NO_ENTRY]');
    }
  });

  it('no other way when there are a thousand of them', () => {
    const many = Array.from({ length: 1000 }, (_, n) => entry({ body: `please look at case ${n}.` }, `${n}`));
    expect(said(many, askOf({ messages: [user('please look at case 731. Thanks')] }))).toBe('731');
    const byAgent = Array.from({ length: 1000 }, (_, n) => entry({ agent: `agent-${n}` }, `${n}`));
    expect(said(byAgent, askOf({ agent: 'agent-999' }))).toBe('999');
  });
});

describe('what fits nothing', () => {
  it('is told the nearest entry and why it did not fit', () => {
    const entries: Json = [
      { name: 'greeting', match: { agent: 'planner', body: 'good morning' }, replies: ['x'] },
      entry({ agent: 'critic', model: 'gpt-4' }, 'y'),
    ];
    expect(said(entries, askOf())).toBe(
      `[SCRIPT_NO_ENTRY] at script: no entry fits the request of agent 'planner' (turn 1, model gpt-4o); nearest is entry 1 'greeting': the request lacks "good morning"
  hint: correct the entry, or add one whose match fits; {} fits everything`,
    );
    expect(said([], askOf())).toContain('the script has no entries');
  });
});

/** Asks a script one after the other; `lost` asks never get their answer. */
function conversation(entries: Json, asks: readonly (readonly [Ask, 'got' | 'lost'])[]): readonly string[] {
  const double = scriptFile({ entries }).begin!();
  return asks.map(([ask, fate]) => {
    let content: string;
    try {
      content = (double.answer(ask, random) as Answer).content;
    } catch (error) {
      content = error instanceof SpoiltCall ? error.outcome.kind : ((error as { code?: string }).code ?? '?');
    }
    if (fate === 'lost' || content === 'failed') double.missed?.(ask);
    return content;
  });
}

describe('replies', () => {
  const turn = (n: number, more: Partial<Ask> = {}): Ask => askOf({ messages: [user(`turn ${n}`)], ...more });
  const entryWith = (more: Json): Json => [{ match: {}, replies: ['a', 'b'], ...(more as object) }];

  it.for([
    ['repeat', ['a', 'b', 'b', 'b']],
    ['restart', ['a', 'b', 'a', 'b']],
    ['fail', ['a', 'b', 'SCRIPT_ENDED', 'SCRIPT_ENDED']],
    ['otherEntry', ['a', 'b', 'SCRIPT_NO_ENTRY', 'SCRIPT_NO_ENTRY']],
  ] as const)('come in order, and after the last: %s', ([afterLast, expected]) => {
    const asks = [1, 2, 3, 4].map((n) => [turn(n), 'got'] as const);
    expect(conversation(entryWith({ afterLast }), asks)).toEqual(expected);
  });

  it('of an entry that is used up are followed by those of the next that fits', () => {
    const entries: Json = [{ replies: ['a'], afterLast: 'otherEntry' }, { replies: ['z'] }];
    expect(
      conversation(entries, [
        [turn(1), 'got'],
        [turn(2), 'got'],
      ]),
    ).toEqual(['a', 'z']);
  });

  it('are given to a retry again, unless the entry wants the next one', () => {
    const asks = [
      [turn(1), 'lost'],
      [turn(1, { attempt: 2 }), 'got'],
      [turn(2), 'got'],
    ] as const;
    expect(conversation(entryWith({ retry: 'same' }), asks)).toEqual(['a', 'a', 'b']);
    expect(conversation(entryWith({ retry: 'next' }), asks)).toEqual(['a', 'b', 'b']);
  });

  it('that never came whole are not used up, even when the caller says something else next', () => {
    expect(
      conversation(entryWith({}), [
        [turn(1), 'lost'],
        [turn(2), 'got'],
        [turn(3), 'got'],
      ]),
    ).toEqual(['a', 'a', 'b']);
  });

  it('are struck by their fault once, and the retry gets them as they are', () => {
    const fault = { kind: 'llm.rateLimit' };
    const entries: Json = [{ replies: [{ content: 'a', fault }, 'b'] }];
    const asks = [
      [turn(1), 'got'],
      [turn(1, { attempt: 2 }), 'got'],
      [turn(2), 'got'],
    ] as const;
    expect(conversation(entries, asks)).toEqual(['failed', 'a', 'b']);
    const twice: Json = [{ replies: [{ content: 'a', fault, faultAttempts: 2 }] }];
    expect(conversation(twice, [...asks.slice(0, 2), [turn(1, { attempt: 3 }), 'got']])).toEqual([
      'failed',
      'failed',
      'a',
    ]);
  });

  it('of one run do not use up those of another', () => {
    const double = scriptFile({ entries: entryWith({}) });
    const first = (): string => (double.begin!().answer(turn(1), random) as Answer).content;
    expect([first(), first()]).toEqual(['a', 'a']);
  });

  it('may hold calls with broken arguments, reasoning, a refusal, and what it cost', () => {
    const reply = {
      toolCalls: [
        { name: 'pay', arguments: { sum: 3 } },
        { name: 'pay', arguments: '{"sum": 3' },
      ],
      reasoning: 'hm',
      usage: { inputTokens: 5, outputTokens: 6 },
    };
    const answer = scriptFile([{ replies: [reply] }]).answer(askOf(), random) as Answer;
    expect(answer).toMatchObject({ finishReason: 'toolCalls', reasoning: 'hm', usage: reply.usage });
    expect(answer.toolCalls.map((call) => [call.arguments, call.argumentsText])).toEqual([
      [{ sum: 3 }, undefined],
      [{}, '{"sum": 3'],
    ]);
  });
});

describe('a bad file', () => {
  it.for([
    ['no JSON', '{"entries": [', 'SCRIPT_NOT_JSON', 'f.json:1:14'],
    [
      'a reply of no kind',
      '{"entries":[{"replies":[{"content":"x","toolCalls":3}]}]}',
      'SCRIPT_INVALID',
      'f.json#/entries/0/replies/0/toolCalls',
    ],
    ['a list with a bad entry', '[{"replies":[]}]', 'SCRIPT_INVALID', 'f.json#/0/replies'],
    [
      'a misspelt condition',
      '[{"match":{"agnet":"a"},"replies":["x"]}]',
      'SCRIPT_INVALID',
      'f.json#/0/match',
    ],
    [
      'a bad pattern',
      '[{"match":{"body":{"pattern":"("}},"replies":["x"]}]',
      'SCRIPT_BAD_PATTERN',
      'f.json#/0/match/body',
    ],
    [
      'an unknown fault',
      '[{"replies":[{"fault":{"kind":"llm.nope"}}]}]',
      'PLAN_UNKNOWN_FAULT',
      'f.json#/0/replies/0/fault.kind',
    ],
    [
      'a fault of no reply',
      '[{"replies":[{"fault":{"kind":"handoff.drop"}}]}]',
      'SCRIPT_BAD_FAULT',
      'f.json#/0/replies/0/fault',
    ],
    [
      'a plan that injects nothing',
      '{"chaos":{"schemaVersion":1,"name":"p","hypothesis":"h","injections":[]}}',
      'PLAN_EMPTY',
      'f.json#/chaos.injections',
    ],
  ])('with %s says where', ([, text, code, place]) => {
    expect(() => parseScriptText(text!, 'f.json')).toThrow(expect.objectContaining({ code, place }));
  });
});
