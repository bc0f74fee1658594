// Tests of attribution: the header first, then the first rule that fits in all its parts, else nobody; doubts are told.
import { describe, expect, it } from 'vitest';
import { system, user } from './asking.test-support.ts';
import { attribute, usualAttribution, type AttributionRule } from './attribution.ts';
import { wireCall, type WireCall } from './wire/codec.ts';

const call: WireCall = wireCall({
  model: 'gpt-4o-mini',
  messages: [system('You are the writer.'), user('I am the critic.')],
  tools: [{ name: 'search', description: '', parameters: {} }],
  request: {},
});

it.each<[string, string | null, AttributionRule[], string]>([
  ['the header counts before all rules', 'closer', [{ agent: 'writer', system: 'writer' }], 'closer'],
  [
    'the system prompt tells, not what the user says',
    null,
    [
      { agent: 'critic', system: 'critic' },
      { agent: 'writer', system: /\bwriter\b/g },
    ],
    'writer',
  ],
  [
    'an offered tool tells',
    null,
    [
      { agent: 'none', tool: 'book' },
      { agent: 'researcher', tool: /^search$/ },
    ],
    'researcher',
  ],
  ['the model tells', null, [{ agent: 'cheap', model: 'mini' }], 'cheap'],
  [
    'all parts of a rule must fit',
    null,
    [
      { agent: 'no', system: 'writer', tool: 'book' },
      { agent: 'yes', system: 'writer', model: /4o/ },
    ],
    'yes',
  ],
  ['nobody is named when nothing fits', null, [{ agent: 'critic', system: 'critic' }], 'unattributed'],
])('%s', (_sentence, header, rules, agent) => {
  expect(attribute(call, header, rules).agent).toBe(agent);
  // A pattern with the `g` flag does not remember where it stopped.
  expect(attribute(call, header, rules).agent).toBe(agent);
});

const asking = (prompt: string): WireCall => ({ ...call, messages: [system(prompt), user('Hello.')] });

describe('doubts', () => {
  const rules: AttributionRule[] = [
    { agent: 'writer', system: 'writer' },
    { agent: 'editor', system: 'You are' },
    { agent: 'writer', model: 'mini' },
    { agent: 'anybody' },
  ];

  it('are that no agent fits, or that several do, of which the first counts', () => {
    expect(attribute(call, null, [])).toEqual({ agent: 'unattributed', fits: [] });
    expect(attribute(call, null, rules)).toEqual({ agent: 'writer', fits: ['writer', 'editor'] });
  });

  it('are none where the header says it, one agent has two rules, or a rule is for the rest', () => {
    expect(attribute(call, 'editor', rules).fits).toEqual(['editor']);
    expect(attribute(call, null, rules.toSpliced(1, 1)).fits).toEqual(['writer']);
    expect(attribute(asking('Be brief.'), null, [rules[0]!, rules[3]!]).fits).toEqual(['anybody']);
  });
});

describe('names by system prompt', () => {
  const nameOf = (prompt: string): string => attribute(asking(prompt), null, 'bySystemPrompt').agent;

  it.each([
    ['You are the triage agent of a web shop. Hand over.', /^triage-agent-[0-9a-f]{4}$/],
    ['Act as a researcher.', /^researcher-[0-9a-f]{4}$/],
    ['  Summarise what\nthe user says', /^summarise-what-the-[0-9a-f]{4}$/],
    ['Du bist für Rückgaben da.', /^du-bist-für-[0-9a-f]{4}$/],
    ['***', /^agent-[0-9a-f]{4}$/],
  ])('%j begins with who it is', (prompt, name) => expect(nameOf(prompt)).toMatch(name));

  it('differ for prompts that differ anywhere, and not for numbers, dates and white space', () => {
    const prompt = 'You are a helpful assistant. Write. Today is 2026-01-05.';
    expect(nameOf(prompt)).not.toBe(nameOf(prompt.replace('Write', 'Review')));
    expect(nameOf(prompt)).toBe(nameOf(prompt.replace('2026-01-05', '2027-11-30').replaceAll(' ', '\n ')));
  });

  it('leave a call without a system prompt to nobody', () => {
    const bare = { ...call, messages: [user('Hello.')] };
    expect(attribute(bare, null, 'bySystemPrompt')).toEqual({ agent: 'unattributed', fits: [] });
  });
});

it.each([
  ['nobody is known', [], /^writer-/],
  ['there is one agent', ['clerk'], /^clerk$/],
  ['there are several', ['clerk', 'critic'], /^unattributed$/],
])('without rules a call is told by what is known of the team: %s', (_what, agents, name) => {
  expect(attribute(call, null, usualAttribution(agents)).agent).toMatch(name);
});
