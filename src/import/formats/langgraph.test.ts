// LangGraph in each of the ways that its streams and its histories are written: the same small story.
import { describe, expect, it } from 'vitest';
import type { Json } from '../../base/json.ts';
import { countImported, importText } from '../import-text.ts';
import type { Imported } from '../imported.ts';
import { sketch } from '../testing.test-support.ts';

const read = (records: readonly Json[]): Imported =>
  importText([records.map((one) => JSON.stringify(one)).join('\n')], { format: null });
const told = ({ runs }: Imported): readonly (readonly string[])[] =>
  runs.map(({ events }) => events.filter(({ kind }) => kind !== 'model.called').map(sketch));

const used = { input_tokens: 5, output_tokens: 2 };
const toolCalls = [{ name: 'look', args: { q: 'rain' }, id: 'c1', type: 'tool_call' }];
const asked = { type: 'human', id: 'm0', content: 'will it rain?' };
const asks = { type: 'ai', id: 'm1', content: '', tool_calls: toolCalls, usage_metadata: used };
const looked = {
  type: 'tool',
  id: 'm2',
  content: 'wet',
  tool_call_id: 'c1',
  name: 'look',
  status: 'success',
};
const says = { type: 'ai', id: 'm3', content: 'it will', usage_metadata: used };
const messages: readonly Json[] = [asked, asks, looked, says];
const growing = [1, 2, 3, 4].map((count) => messages.slice(0, count));

const story = (agent: string): readonly string[] => [
  'message.said user',
  `model.answered ${agent}`,
  `tool.called ${agent} look {"q":"rain"}`,
  `tool.returned ${agent} look`,
  `model.answered ${agent}`,
];

const runEvent = (event: string, run: string, data: Json, node = 'clerk'): Json => ({
  event,
  run_id: run,
  name: event.includes('tool') ? 'look' : 'model',
  parent_ids: ['root'],
  metadata: { langgraph_node: node },
  data,
});

const chunk = (message: object, content: string): Json => ({ ...message, type: 'AIMessageChunk', content });

const streams: Readonly<Record<string, readonly [agent: string, records: readonly Json[]]>> = {
  'states alone': ['unattributed', growing.map((list) => ['values', { messages: list }])],
  'states between updates': [
    'clerk',
    [
      ['values', { messages: [asked] }],
      ['updates', { clerk: { messages: [asks] } }],
      ['values', { messages: growing[1] ?? null }],
      ['updates', { tools: { messages: [looked] } }],
      ['updates', { clerk: { messages: says } }],
      ['values', { messages }],
    ],
  ],
  'messages of a server, each part longer than the one before': [
    'clerk',
    [
      { event: 'metadata', data: { run_id: 'r' } },
      { event: 'values', data: { messages: [asked] } },
      { event: 'messages/metadata', data: { m1: { metadata: { langgraph_node: 'clerk' } } } },
      { event: 'messages/partial', data: [chunk(asks, '')] },
      { event: 'messages/complete', data: [looked] },
      { event: 'messages/metadata', data: { m3: { metadata: { langgraph_node: 'clerk' } } } },
      { event: 'messages/partial', data: [chunk(says, 'it')] },
      { event: 'messages/partial', data: [chunk(says, 'it will')] },
      { event: 'end', data: null },
    ],
  ],
};

describe('a stream of LangGraph', () => {
  it.for(Object.entries(streams))('of %s tells each message once', ([, [agent, records]]) => {
    const imported = read(records);
    expect(imported.format).toBe('langgraph-stream');
    expect(told(imported)).toEqual([story(agent)]);
    expect(countImported(imported).tokens).toMatchObject({ input: 10, output: 4 });
  });

  it('may be updates with nothing around them', () => {
    const imported = read([{ clerk: { messages: [asks] } }, { tools: { messages: [looked] } }]);
    expect(imported.format).toBe('langgraph-stream');
    expect(told(imported)).toEqual([story('clerk').slice(1, 4)]);
  });

  it('of events tells what ended, and lists what began', () => {
    const imported = read([
      runEvent('on_chat_model_start', 'r1', { input: {} }),
      runEvent('on_chat_model_end', 'r1', { input: { messages: [[asked]] }, output: asks }),
      runEvent('on_tool_start', 'r2', { input: { q: 'rain' } }, 'tools'),
      runEvent('on_tool_end', 'r2', { input: { q: 'rain' }, output: looked }, 'tools'),
      runEvent('on_chat_model_end', 'r3', { output: says }),
    ]);
    expect(imported.format).toBe('langgraph-stream');
    expect(told(imported)).toEqual([story('clerk').slice(1)]);
    expect(imported.skipped.map(({ what }) => what)).toEqual([
      'on_chat_model_start event',
      'on_tool_start event',
    ]);
    expect(countImported(imported).tokens).toMatchObject({ input: 10, output: 4 });
  });

  it('of an interrupted graph waits for a person', () => {
    const imported = read([
      ['updates', { clerk: { messages: [asks] } }],
      ['updates', { __interrupt__: [{ value: 'may I?', id: 'i' }] }],
    ]);
    expect(told(imported)[0]?.slice(0, 2)).toEqual(['model.answered clerk', 'approval.asked unattributed']);
  });

  it('is none where events could be of anybody', () => {
    expect(() =>
      read([
        { event: 'error', data: 'x' },
        { event: 'end', data: null },
      ]),
    ).toThrow('IMPORT_FORMAT_UNKNOWN');
  });
});

describe('the history of a thread', () => {
  const step = (index: number) => ({ metadata: { source: 'loop', step: index, thread_id: 't' } });

  it('as a server answers has states before its first step, without values', () => {
    const next = [['clerk'], ['tools'], ['clerk'], []];
    const history = growing.map((list, index) => ({
      values: { messages: list },
      next: next[index] ?? [],
      ...step(index),
    }));
    const imported = read([...history, { values: null, next: ['__start__'], ...step(-1) }].reverse());
    expect(imported.format).toBe('langgraph-snapshots');
    expect(told(imported)).toEqual([story('clerk')]);
  });

  it('as a checkpointer keeps it is the same', () => {
    const kept = growing.map((list, index) => ({
      config: { configurable: { thread_id: 't' } },
      checkpoint: { ts: '2026-01-01T00:00:00+00:00', channel_values: { messages: list } },
      ...step(index),
    }));
    const imported = read(kept.reverse());
    expect(imported.format).toBe('langgraph-snapshots');
    expect(told(imported)).toEqual([story('unattributed')]);
  });

  it('of bare states, each longer than the one before, is one conversation', () => {
    const imported = read(growing.map((list) => ({ messages: list })));
    expect(told(imported)).toEqual([story('unattributed')]);
    expect(imported.skipped).toEqual([
      { what: 'conversation', count: 3, why: 'the next one holds it, and goes on' },
    ]);
  });
});
