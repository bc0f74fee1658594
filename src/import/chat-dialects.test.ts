// Conversations as other programs keep them: in lists, in states, as whole responses, with roles and types of their own.
import { describe, expect, it } from 'vitest';
import type { Json } from '../base/json.ts';
import { countImported, importText } from './import-text.ts';
import type { Imported } from './imported.ts';
import { sketch } from './testing.test-support.ts';

const read = (value: Json): Imported => importText([JSON.stringify(value)], { format: null });
const readLines = (values: readonly Json[]): Imported =>
  importText([values.map((one) => JSON.stringify(one)).join('\n')], { format: null });
const told = ({ runs }: Imported): readonly (readonly string[])[] =>
  runs.map(({ events }) => events.filter(({ kind }) => kind !== 'model.called').map(sketch));

const call = { id: 'c1', type: 'function', function: { name: 'add', arguments: '{"a":2}' } };
const chat = [
  { role: 'user', content: 'two and two?' },
  { role: 'assistant', content: null, tool_calls: [call] },
  { role: 'tool', tool_call_id: 'c1', content: '4' },
  { role: 'assistant', content: 'four' },
];
const story = [
  'message.said user',
  'model.answered unattributed',
  'tool.called unattributed add {"a":2}',
  'tool.returned unattributed add',
  'model.answered unattributed',
];

describe('a chat', () => {
  it('is one of several in a list, each a run of its own', () => {
    const imported = read([
      { task_id: 0, reward: 1, traj: chat },
      { task_id: 1, reward: 0, traj: chat },
    ]);
    expect(imported.format).toBe('openai-chat');
    expect(told(imported)).toEqual([story, story]);
    expect(told(read([chat, chat]))).toEqual([story, story]);
  });

  it('with a role of its program stays a chat: nobody but the assistant answers', () => {
    const imported = read({
      messages: [...chat, { role: 'exit', content: 'patch' }],
      trajectory_format: 'x',
    });
    expect(imported.format).toBe('openai-chat');
    expect(told(imported)).toEqual([[...story, 'message.said environment']]);
  });

  it('takes moments and usage from where programs keep them beside a message', () => {
    const answer = {
      role: 'assistant',
      content: 'hi',
      extra: { timestamp: 1767225601.5, response: { usage: { prompt_tokens: 9, completion_tokens: 2 } } },
    };
    const imported = read([{ role: 'user', content: 'hi', timestamp: '2026-01-01T00:00:00Z' }, answer]);
    expect(imported.runs[0]?.events.map(({ atMs }) => atMs)).toEqual([
      1767225600000, 1767225601500, 1767225601500,
    ]);
    expect(countImported(imported).tokens).toMatchObject({ input: 9, output: 2 });
  });

  it('of LangChain is read in each of the ways that it is written', () => {
    const toolCalls = [{ name: 'add', args: { a: 2 }, id: 'c1', type: 'tool_call' }];
    const messages = [
      { type: 'human', content: 'two and two?' },
      {
        type: 'ai',
        content: '',
        tool_calls: toolCalls,
        usage_metadata: { input_tokens: 5, output_tokens: 2 },
      },
      { type: 'tool', content: '4', tool_call_id: 'c1', name: 'add' },
      { type: 'ai', content: 'four', usage_metadata: { input_tokens: 6, output_tokens: 1 } },
    ];
    const dicts = messages.map(({ type, ...data }) => ({ type, data }));
    const classes = { human: 'HumanMessage', ai: 'AIMessage', tool: 'ToolMessage' };
    const dumps = messages.map(({ type, ...kwargs }) => ({
      lc: 1,
      type: 'constructor',
      id: ['langchain', 'schema', 'messages', classes[type as keyof typeof classes]],
      kwargs,
    }));
    for (const written of [messages, dicts, dumps, { messages }]) {
      const imported = read(written);
      expect(imported.format).toBe('openai-chat');
      expect(told(imported)).toEqual([story]);
      expect(countImported(imported).tokens).toMatchObject({ input: 11, output: 3 });
    }
  });

  it('is told by completions alone, one a line', () => {
    const completion = (message: Json) => ({
      object: 'chat.completion',
      created: 1767225600,
      model: 'm',
      choices: [{ message, finish_reason: 'stop' }],
      usage: { prompt_tokens: 9, completion_tokens: 2 },
    });
    const imported = readLines([
      completion({ role: 'assistant', tool_calls: [call] }),
      completion({ content: 'four' }),
    ]);
    expect(imported.format).toBe('openai-chat');
    expect(told(imported)).toEqual([[story[1], story[2], story[4]]]);
    expect(countImported(imported).tokens).toMatchObject({ input: 18, output: 4 });
  });
});

describe('responses', () => {
  const calling = { type: 'function_call', call_id: 'c1', name: 'add', arguments: '{"a":2}' };
  const response = (output: Json, more = {}) => ({
    object: 'response',
    output,
    model: 'm',
    usage: { input_tokens: 9, output_tokens: 2 },
    ...more,
  });
  const saying = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'four' }] };

  it('one a line are one conversation, and each is billed', () => {
    const imported = readLines([response([calling]), response([saying])]);
    expect(imported.format).toBe('openai-responses');
    expect(told(imported)).toEqual([[story[1], story[2], story[4]]]);
    expect(countImported(imported).tokens).toMatchObject({ input: 18, output: 4 });
  });

  it('logged with their input are billed, too', () => {
    const imported = read(response([saying], { input: [{ role: 'user', content: 'two and two?' }] }));
    expect(imported.format).toBe('openai-responses');
    expect(told(imported)).toEqual([[story[0], story[1]]]);
    expect(countImported(imported).tokens).toMatchObject({ input: 9, output: 2 });
  });

  it('call the tools that the provider runs; nobody says those', () => {
    const searching = { type: 'web_search_call', id: 'w', status: 'completed', action: { query: 'sums' } };
    expect(told(read([chat[0] ?? null, searching, saying]))).toEqual([
      [
        'message.said user',
        'model.answered unattributed',
        'tool.called unattributed web_search {"query":"sums"}',
      ],
    ]);
  });
});

describe('AutoGen', () => {
  const used = { prompt_tokens: 9, completion_tokens: 2 };
  const asked = (id: string) => ({ id, name: 'add', arguments: '{"a":2}' });
  const done = (id: string) => ({ call_id: id, content: '4', is_error: false });
  const thread = [
    { source: 'user', type: 'TextMessage', content: 'two and two?' },
    { source: 'clerk', type: 'ThoughtEvent', content: 'I add' },
    {
      source: 'clerk',
      type: 'ToolCallRequestEvent',
      content: [asked('c1'), asked('c2')],
      models_usage: used,
    },
    { source: 'clerk', type: 'ToolCallExecutionEvent', content: [done('c1'), done('c2')] },
    { source: 'clerk', type: 'MemoryQueryEvent', content: [{ content: 'sums' }] },
    { source: 'manager', type: 'SelectSpeakerEvent', content: ['boss'] },
    { source: 'clerk', type: 'HandoffMessage', content: 'over to you', target: 'boss' },
    { source: 'boss', type: 'TextMessage', content: 'four', models_usage: used },
  ];
  const team = [
    'message.said user',
    'model.answered clerk',
    'tool.called clerk add {"a":2}',
    'tool.returned clerk add',
    'tool.called clerk add {"a":2}',
    'tool.returned clerk add',
    'handoff.sent clerk->boss',
    'handoff.received clerk->boss',
    'model.answered boss',
  ];

  it('asks for several tools in one answer, billed once; notices and bare handoffs are no answers', () => {
    const imported = read({ messages: thread, stop_reason: 'said four' });
    expect(told(imported)).toEqual([team]);
    expect(countImported(imported).tokens).toMatchObject({ input: 18, output: 4 });
    expect(imported.skipped.map(({ what }) => what)).toEqual(['MemoryQueryEvent', 'SelectSpeakerEvent']);
  });

  it('saves the thread of a team, and what the model of an agent was shown', () => {
    const states = { clerk: { agent_state: {} }, manager: { message_thread: thread } };
    expect(told(read({ type: 'TeamState', agent_states: states }))).toEqual([team]);
    const messages = [
      { type: 'SystemMessage', content: 'be brief' },
      { type: 'UserMessage', source: 'user', content: 'two and two?' },
      { type: 'AssistantMessage', source: 'clerk', content: [asked('c1')], thought: 'I add' },
      { type: 'FunctionExecutionResultMessage', content: [done('c1')] },
      { type: 'AssistantMessage', source: 'clerk', content: 'four' },
    ];
    expect(told(read({ type: 'AssistantAgentState', llm_context: { messages } }))).toEqual([
      ['message.said system', ...team.slice(0, 4), 'model.answered clerk'],
    ]);
  });

  it('logs what its runtime does: calls of models and of tools are steps, whoever sends what to whom is not', () => {
    const imported = readLines([
      { type: 'Message', payload: '{}', sender: 'user/one', receiver: 'clerk/one', kind: 'DIRECT' },
      {
        type: 'LLMCall',
        messages: [chat[0] ?? null],
        response: { object: 'chat.completion', model: 'm', choices: [{ message: chat[1] ?? null }] },
        ...used,
        agent_id: 'clerk/one',
      },
      { type: 'ToolCall', tool_name: 'add', arguments: { a: 2 }, result: '4', agent_id: 'clerk/one' },
      {
        type: 'LLMStreamEnd',
        response: { content: [asked('c2')], usage: used },
        ...used,
        agent_id: 'clerk/one',
      },
    ]);
    expect(imported.format).toBe('autogen-events');
    expect(told(imported)).toEqual([[team[1], team[2], team[3], team[1], team[2]]]);
    expect(countImported(imported).tokens).toMatchObject({ input: 18, output: 4 });
    expect(imported.skipped).toMatchObject([{ what: 'Message event', count: 1 }]);
  });

  it('before its version 0.4 knows functions, whose results are no words of an agent', () => {
    const { function: inner } = call;
    const imported = read([
      { role: 'user', name: 'clerk', content: '', function_call: inner },
      { role: 'function', name: 'add', content: '4' },
      { role: 'assistant', name: 'boss', content: 'four' },
    ]);
    expect(told(imported)).toEqual([[team[1], team[2], team[3], team[8]]]);
  });
});
