// Tests of attribution: the header first, then the first rule that fits in all its parts, else nobody.
import { expect, it } from 'vitest';
import { system, user } from './asking.test-support.ts';
import { attribute, type AttributionRule } from './attribution.ts';
import type { WireCall } from './wire/codec.ts';

const call: WireCall = {
  kind: 'call',
  model: 'gpt-4o-mini',
  messages: [system('You are the writer.'), user('I am the critic.')],
  tools: [{ name: 'search', description: '', parameters: {} }],
  responseSchema: null,
  form: 'plain',
  usage: 'told',
  continues: null,
  request: {},
};

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
  expect(attribute(call, header, rules)).toBe(agent);
  // A pattern with the `g` flag does not remember where it stopped.
  expect(attribute(call, header, rules)).toBe(agent);
});
