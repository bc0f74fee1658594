// The cases that every client is put through: what its model says, what goes wrong, and what is asked.
import type { Injection } from '../../chaos/plan.ts';
import { refuse, say, useTool, useTools, type AnswerDraft } from '../../llm/answer-draft.ts';
import type { Asking } from './client-driver.test-support.ts';

export interface ClientCase {
  readonly name: string;
  readonly answer: AnswerDraft;
  readonly asking?: Partial<Asking>;
  readonly injections?: readonly Injection[];
  /** What the client must have seen; `trouble`: an error, no end, or an answer that is not whole, as the table says. */
  /** The status of the failure, where `error` is expected. */
  readonly status?: number;
  /** What is expected of a reply that is not streamed, where that is something else. */
  readonly plainly?: ClientCase['expects'];
  readonly expects:
    | 'text'
    | 'tools'
    | 'json'
    | 'refusal'
    | 'length'
    | 'reasoning'
    | 'text after a retry'
    | 'error'
    | 'trouble';
}

export const text = 'Nine words that make more than one chunk: naïve — 猫 🐈.';
export const usage = { inputTokens: 21, outputTokens: 13 };

const schema = {
  type: 'object',
  properties: { title: { type: 'string' } },
  required: ['title'],
  additionalProperties: false,
  title: 'Out',
};
const said = { ...say(text), usage };
const tools = { tools: 'weather' } as const;

const always = (fault: Injection['fault']): readonly Injection[] => [{ fault, trigger: { kind: 'always' } }];
const once = (fault: Injection['fault']): readonly Injection[] => [{ fault, trigger: { kind: 'nth', n: 1 } }];

export const cases: readonly ClientCase[] = [
  { name: 'text, usage', answer: said, expects: 'text' },
  {
    name: 'a tool call',
    answer: { ...useTool('weather', { city: 'Oslo' }), usage },
    asking: tools,
    expects: 'tools',
  },
  {
    name: 'parallel tool calls',
    answer: { ...useTools(['weather', { city: 'Oslo' }], ['weather', { city: 'Tromsø' }]), usage },
    asking: tools,
    expects: 'tools',
  },
  {
    name: 'structured output',
    answer: { ...say({ title: 'T' }), usage },
    asking: { schema },
    expects: 'json',
  },
  { name: 'a refusal', answer: { ...refuse('I will not.'), usage }, expects: 'refusal' },
  { name: 'a length stop', answer: { ...said, finishReason: 'length' }, expects: 'length' },
  { name: 'reasoning', answer: { ...said, reasoning: 'First, look.' }, expects: 'reasoning' },
  {
    name: '429 with retry-after, once',
    answer: said,
    injections: once({ kind: 'llm.rateLimit', retryAfter: 'seconds', retryAfterMs: 2_000 }),
    expects: 'text after a retry',
  },
  ...[400, 401, 429, 500, 529].map((status): ClientCase => ({
    name: `${status}, always`,
    answer: said,
    injections: always(failing(status)),
    status,
    expects: 'error',
  })),
  {
    name: 'an error in mid-stream',
    answer: said,
    injections: always({ kind: 'stream.error-after-200' }),
    expects: 'trouble',
  },
  { name: 'a stalled stream', answer: said, injections: always({ kind: 'stream.hang' }), expects: 'trouble' },
  {
    name: 'bytes cut anew',
    answer: said,
    injections: always({ kind: 'stream.rechunk', bytes: 5, gapMs: 1 }),
    expects: 'text',
  },
  {
    name: 'no last events',
    answer: said,
    injections: always({ kind: 'stream.missingFinish' }),
    plainly: 'text',
    expects: 'trouble',
  },
];

function failing(status: number): Injection['fault'] {
  switch (status) {
    case 400:
      return { kind: 'llm.contextLengthError', tokensMax: 1 };
    case 401:
      return { kind: 'llm.authError', status };
    case 429:
      return { kind: 'llm.rateLimit', retryAfter: 'missing' };
    default:
      return { kind: 'llm.serverError', status };
  }
}
