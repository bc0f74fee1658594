// Matching: whether an entry of a script fits a request, and which of its conditions do not.
import type { Ask, Message } from '../../team/ask.ts';
import type { ModelRequest } from '../double.ts';
import type { EntryMatch, TextPattern } from './script-document.ts';

/** What an entry is compared with. */
export interface Question {
  readonly ask: Ask;
  readonly request: ModelRequest | undefined;
}

/** One condition: it holds, or says why not. */
export interface Condition {
  readonly holds: (question: Question) => boolean;
  readonly lacking: (question: Question) => string;
}

/** The conditions of an entry, the cheapest first. All must hold. */
export function conditionsOf(match: EntryMatch): readonly Condition[] {
  const { agent, model, ordinal, headers, user, system, toolResult, body } = match;
  const conditions: Condition[] = [];
  if (agent !== undefined)
    conditions.push({
      holds: ({ ask }) => ask.agent === agent,
      lacking: ({ ask }) => `it is for agent '${agent}', not '${ask.agent}'`,
    });
  if (model !== undefined) conditions.push(modelCondition(model));
  if (ordinal !== undefined)
    conditions.push({
      holds: ({ ask }) => ask.turn === ordinal,
      lacking: ({ ask }) => `it is for turn ${ordinal}, not ${ask.turn}`,
    });
  for (const [name, rule] of Object.entries(headers ?? {})) conditions.push(headerCondition(name, rule));
  if (user !== undefined) conditions.push(textCondition('the last user message', user, lastUserText));
  if (system !== undefined)
    conditions.push(textCondition('the system prompt', system, ({ ask }) => textsOf(ask, 'system')));
  if (toolResult !== undefined) conditions.push(toolResultCondition(toolResult));
  if (body !== undefined) conditions.push(textCondition('the request', body, wholeText));
  return conditions;
}

type Test = (text: string) => boolean;

function testOf(rule: TextPattern): Test {
  if (typeof rule === 'string') return (text) => text.includes(rule);
  const pattern = new RegExp(rule.pattern, rule.flags?.replaceAll(/[gy]/g, ''));
  return (text) => pattern.test(text);
}

/** For messages: the rule as it was written. */
function shown(rule: TextPattern): string {
  return typeof rule === 'string' ? JSON.stringify(rule) : `/${rule.pattern}/${rule.flags ?? ''}`;
}

function modelCondition(rule: TextPattern): Condition {
  const test: Test = typeof rule === 'string' ? (text) => text === rule : testOf(rule);
  return {
    holds: ({ ask }) => test(ask.model),
    lacking: ({ ask }) => `it is for model ${shown(rule)}, not ${JSON.stringify(ask.model)}`,
  };
}

function headerCondition(name: string, rule: TextPattern): Condition {
  const test: Test = typeof rule === 'string' ? (text) => text === rule : testOf(rule);
  const header = name.toLowerCase();
  return {
    holds: ({ request }) => test(request?.headers.get(header) ?? ''),
    lacking: ({ request }) =>
      `it wants the header ${header}: ${shown(rule)}, not ${JSON.stringify(request?.headers.get(header) ?? null)}`,
  };
}

function textCondition(
  what: string,
  rule: TextPattern,
  textsIn: (question: Question) => readonly string[],
): Condition {
  const test = testOf(rule);
  return {
    holds: (question) => textsIn(question).some(test),
    lacking: () => `${what} lacks ${shown(rule)}`,
  };
}

function toolResultCondition(rule: NonNullable<EntryMatch['toolResult']>): Condition {
  const { tool, includes } = typeof rule === 'string' ? { includes: rule } : rule;
  const test: Test = includes === undefined ? () => true : testOf(includes);
  const wanted = [
    tool === undefined ? '' : ` of ${tool}`,
    includes === undefined ? '' : ` with ${shown(includes)}`,
  ];
  return {
    holds: ({ ask }) =>
      lastResults(ask.messages).some(
        (message) => (tool === undefined || message.name === tool) && test(message.content),
      ),
    lacking: () => `the conversation does not end with a tool result${wanted.join('')}`,
  };
}

function lastUserText({ ask: { messages } }: Question): readonly string[] {
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index]!;
    if (message.role === 'user') return [message.content];
  }
  return [];
}

function textsOf({ messages }: Ask, role: Message['role']): readonly string[] {
  return messages.flatMap((message) => (message.role === role ? [message.content] : []));
}

/** The messages as they are meant, and the request as it was sent. */
function wholeText({ ask, request }: Question): readonly string[] {
  const texts = ask.messages.map((message) => message.content);
  return request === undefined ? texts : [...texts, request.text];
}

function lastResults(messages: readonly Message[]): readonly Extract<Message, { role: 'tool' }>[] {
  const results: Extract<Message, { role: 'tool' }>[] = [];
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index]!;
    if (message.role !== 'tool') break;
    results.push(message);
  }
  return results;
}
