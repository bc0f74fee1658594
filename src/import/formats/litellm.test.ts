// Logs of completions: what each variant keeps of a call, of its answer, and of one that failed.
import { describe, expect, it } from 'vitest';
import type { Json } from '../../base/json.ts';
import { countImported, importText } from '../import-text.ts';
import type { Imported } from '../imported.ts';
import { sketch } from '../testing.test-support.ts';

const read = (records: readonly Json[]): Imported =>
  importText([records.map((one) => JSON.stringify(one)).join('\n')], { format: null });
const told = ({ runs }: Imported): readonly (readonly string[])[] =>
  runs.map(({ events }) => events.filter(({ kind }) => kind !== 'model.called').map(sketch));

const first = [{ role: 'user', content: 'hi' }];
const longer = [...first, { role: 'assistant', content: 'who?' }, { role: 'user', content: 'me' }];
const response = (content: string) => ({
  object: 'chat.completion',
  model: 'm',
  choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 2 },
});
const talk = [
  'message.said user',
  'model.answered unattributed',
  'message.said user',
  'model.answered unattributed',
];
const payload = { call_type: 'acompletion', status: 'success' };

describe('a log of completions', () => {
  it('that keeps requests and responses as they were sent is one conversation, and each answer is billed', () => {
    const imported = read([
      { request: { model: 'm', messages: first }, response: response('who?') },
      { request: { model: 'm', messages: longer }, response: response('hello') },
    ]);
    expect(told(imported)).toEqual([talk]);
    expect(countImported(imported).tokens).toEqual({ input: 18, output: 4, total: 22, unknownCalls: 0 });
  });

  it('may have printed what it keeps into texts, or keep the words of an answer alone', () => {
    const printed = { messages: JSON.stringify(longer), response: JSON.stringify(response('hello')) };
    expect(told(read([{ ...payload, ...printed }]))).toEqual([talk]);
    const words = { ...payload, messages: longer, response: 'hello', prompt_tokens: 9, completion_tokens: 2 };
    expect(countImported(read([words])).tokens).toMatchObject({ input: 9, output: 2, unknownCalls: 1 });
  });

  it('tells a call that failed, and why', () => {
    const failed = { ...payload, status: 'failure', messages: first, response: null, error_str: 'too many' };
    expect(told(read([failed]))).toEqual([['message.said user', 'model.failed unattributed']]);
    const again = { ...payload, messages: first, response: response('who?') };
    const imported = read([failed, again]);
    expect(told(imported)).toEqual([
      ['message.said user', 'model.failed unattributed', 'model.answered unattributed'],
    ]);
    expect(imported.runs[0]?.events.find(({ kind }) => kind === 'model.failed')).toMatchObject({
      message: 'too many',
    });
  });
});
