// Emitters of spans that no real export at hand shows: whatever each calls things, it gives the same small story.
import { describe, expect, it } from 'vitest';
import type { Json } from '../../base/json.ts';
import { countImported, importText } from '../import-text.ts';
import { sketch } from '../testing.test-support.ts';

type Attributes = Readonly<Record<string, Json>>;

/** A clerk asks a model, which calls a tool; the tool runs; another call answers. */
const story = [
  'model.called clerk',
  'model.answered clerk',
  'tool.called clerk look {"q":"rain"}',
  'tool.returned clerk look',
  'model.called clerk',
  'model.answered clerk',
];

const json = (value: Json): string => JSON.stringify(value);
const kv = (attributes: Attributes): Json =>
  Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }));

interface Told {
  readonly name?: string;
  readonly attributes: Attributes;
  readonly events?: readonly (readonly [name: string, attributes: Attributes])[];
  readonly more?: Attributes;
}

/** Spans of one resource as OTLP: the first is above the others, and comes last. */
function scoped(spans: readonly Told[]): { readonly scopeSpans: Json } {
  const told = spans.map(({ name = 'span', attributes, events = [], more = {} }, index) => ({
    traceId: '1f',
    spanId: `a${index}`,
    parentSpanId: index === 0 ? '' : 'a0',
    name,
    startTimeUnixNano: `170000000${index}000000000`,
    endTimeUnixNano: `170000000${index}500000000`,
    attributes: kv(attributes),
    events: events.map(([event, inner]) => ({ name: event, attributes: kv(inner) })),
    ...more,
  }));
  return { scopeSpans: [{ spans: told.reverse() as Json }] };
}
const otlp = (spans: readonly Told[]): string => json({ resourceSpans: [scoped(spans)] });

const asks = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' };
const used = { 'gen_ai.usage.input_tokens': 5, 'gen_ai.usage.output_tokens': 2 };
const call = { id: 'c1', type: 'function', function: { name: 'look', arguments: '{"q":"rain"}' } };

const conventions: readonly Told[] = [
  { attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'clerk' } },
  {
    attributes: {
      ...asks,
      ...used,
      'gen_ai.output.messages': json([
        {
          role: 'assistant',
          parts: [{ type: 'tool_call', id: 'c1', name: 'look', arguments: { q: 'rain' } }],
        },
      ]),
    },
  },
  {
    attributes: {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'look',
      'gen_ai.tool.call.id': 'c1',
      'gen_ai.tool.call.result': 'wet',
    },
  },
  { attributes: { ...asks, ...used } },
];

/** Bedrock's parts, as events of the conventions until 1.36. */
const byEvents: readonly Told[] = [
  {
    attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'clerk', ...used },
    events: [['gen_ai.choice', { message: 'wet' }]],
  },
  {
    attributes: { ...asks, ...used },
    events: [
      ['gen_ai.user.message', { content: json([{ text: 'will it rain?' }]) }],
      [
        'gen_ai.choice',
        { message: json([{ toolUse: { toolUseId: 'c1', name: 'look', input: { q: 'rain' } } }]) },
      ],
    ],
  },
  {
    attributes: {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'look',
      'gen_ai.tool.call.id': 'c1',
    },
    events: [
      ['gen_ai.tool.message', { content: json({ q: 'rain' }), id: 'c1' }],
      ['gen_ai.choice', { message: json([{ text: 'wet' }]) }],
    ],
  },
  {
    attributes: { ...asks, ...used },
    events: [['gen_ai.choice', { 'gen_ai.event.content': json({ message: { content: 'wet' } }) }]],
  },
];

/** Pydantic AI: an agent that adds up tokens and names no model as the conventions do, and a list of events. */
const byListedEvents: readonly Told[] = [
  { name: 'agent run', attributes: { agent_name: 'clerk', model_name: 'm', ...used } },
  {
    attributes: {
      ...asks,
      ...used,
      events: json([
        { 'event.name': 'gen_ai.user.message', role: 'user', content: 'will it rain?' },
        { 'event.name': 'gen_ai.choice', index: 0, message: { role: 'assistant', tool_calls: [call] } },
      ]),
    },
  },
  {
    name: 'running tool',
    attributes: {
      'gen_ai.tool.name': 'look',
      'gen_ai.tool.call.id': 'c1',
      tool_arguments: '{"q":"rain"}',
      tool_response: 'wet',
    },
  },
  { attributes: { ...asks, ...used } },
];

const openllmetry: readonly Told[] = [
  { name: 'clerk.agent', attributes: { 'traceloop.span.kind': 'agent', 'traceloop.entity.name': 'clerk' } },
  {
    name: 'openai.chat',
    attributes: {
      'llm.request.type': 'chat',
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.tool_calls.0.id': 'c1',
      'gen_ai.completion.0.tool_calls.0.name': 'look',
      'gen_ai.completion.0.tool_calls.0.arguments': '{"q":"rain"}',
      ...used,
    },
  },
  {
    name: 'look.tool',
    attributes: {
      'traceloop.span.kind': 'tool',
      'traceloop.entity.name': 'look',
      'traceloop.entity.input': '{"q":"rain"}',
      'traceloop.entity.output': 'wet',
    },
  },
  { name: 'openai.chat', attributes: { 'llm.request.type': 'chat', ...used } },
  {
    name: 'openai.embeddings',
    attributes: {
      'llm.request.type': 'embedding',
      'gen_ai.request.model': 'e',
      'gen_ai.usage.prompt_tokens': 9,
    },
  },
];

/** AG2: a conversation adds up what its agents used. */
const ag2: readonly Told[] = [
  {
    name: 'conversation',
    attributes: { 'ag2.span.type': 'conversation', 'ag2.agent.name': 'clerk', ...used },
  },
  {
    attributes: { 'ag2.span.type': 'llm', 'gen_ai.completion.0.tool_calls.0.function.name': 'look', ...used },
  },
  {
    attributes: {
      'ag2.span.type': 'tool',
      'gen_ai.tool.name': 'look',
      'gen_ai.tool.call.arguments': '{"q":"rain"}',
      'gen_ai.tool.call.result': 'wet',
    },
  },
  { attributes: { 'ag2.span.type': 'llm', ...used } },
];

/** A table of spans, as data frames are written: lists keep their members flat. */
const table = [
  { 'openinference.span.kind': 'AGENT', 'agent.name': 'clerk' },
  {
    'openinference.span.kind': 'LLM',
    'llm.output_messages': [
      {
        'message.role': 'assistant',
        'message.tool_calls': [
          {
            'tool_call.id': 'c1',
            'tool_call.function.name': 'look',
            'tool_call.function.arguments': '{"q":"rain"}',
          },
        ],
      },
    ],
    'llm.token_count.prompt': 5,
    'llm.token_count.completion': 2,
  },
  { 'openinference.span.kind': 'TOOL', 'tool.name': 'look', 'output.value': 'wet' },
  { 'openinference.span.kind': 'LLM', 'llm.token_count.prompt': 5, 'llm.token_count.completion': 2 },
].map((attributes, index) => ({
  name: 'span',
  parent_id: index === 0 ? null : 'a0',
  start_time: 1700000000000 + index,
  end_time: 1700000000500 + index,
  'context.span_id': `a${index}`,
  'context.trace_id': '1f',
  ...Object.fromEntries(Object.entries(attributes).map(([key, value]) => [`attributes.${key}`, value])),
}));

/** Langfuse's export to blob storage, of a graph whose tools have a node of their own. */
const rows = [
  { type: 'AGENT', metadata: { attributes: { 'gen_ai.agent.id': 'clerk' } } },
  {
    type: 'GENERATION',
    output: { role: 'assistant', tool_calls: [call] },
    usage_details: { input: 5, output: 2 },
  },
  {
    type: 'TOOL',
    name: 'look',
    metadata: { langgraph_node: 'tools' },
    output: { type: 'tool', tool_call_id: 'c1', content: 'wet', status: 'success' },
  },
  { type: 'GENERATION', usage_details: {}, inputUsage: 5, outputUsage: 2 },
].map((row, index) => ({
  name: 'span',
  id: `a${index}`,
  trace_id: 't',
  parent_observation_id: index === 0 ? null : 'a0',
  start_time: `2026-01-01 00:00:0${index}.000000`,
  end_time: `2026-01-01 00:00:0${index}.500000`,
  ...row,
}));

/** LangSmith's runs have tags, and no order that sorts them. */
const runs = [
  { run_type: 'chain', name: 'graph', extra: { metadata: { langgraph_node: 'clerk' } } },
  {
    run_type: 'llm',
    outputs: { role: 'assistant', tool_calls: [call], usage: { input_tokens: 5, output_tokens: 2 } },
  },
  { run_type: 'tool', name: 'look', outputs: { output: { tool_call_id: 'c1', content: 'wet' } } },
  { run_type: 'llm', outputs: { content: 'wet', usage: { input_tokens: 5, output_tokens: 2 } } },
].map((run, index) => ({
  name: 'model',
  id: `a${index}`,
  trace_id: 't',
  parent_run_id: index === 0 ? null : 'a0',
  start_time: `2026-01-01T00:00:0${index}.000000`,
  end_time: `2026-01-01T00:00:0${index}.500000`,
  tags: [],
  events: [],
  ...run,
}));

const jsonl = (records: readonly Json[]): string => records.map(json).join('\r\n');

const emitters: Readonly<Record<string, readonly [format: string, text: string]>> = {
  'resources one a line, the first of them empty': [
    'otel',
    jsonl([{ resourceSpans: [] }, { scopeSpans: [] }, { ...scoped(conventions) }]),
  ],
  'a trace as Tempo answers': ['otel', json({ trace: { resourceSpans: [scoped(conventions)] } })],
  'messages as events': ['otel', otlp(byEvents)],
  'messages as a list of events': ['otel', otlp(byListedEvents)],
  OpenLLMetry: ['otel', otlp(openllmetry)],
  AG2: ['otel', otlp(ag2)],
  'a table of OpenInference spans': ['openinference', json(table)],
  'Langfuse rows in snake case': ['langfuse', jsonl(rows)],
  'LangSmith runs with tags': ['langsmith', `\uFEFF${json(runs)}`],
};

describe('an emitter', () => {
  it.for(Object.entries(emitters))('that writes %s gives the story', ([, [format, text]]) => {
    const imported = importText([text], { format: null });
    expect(imported.format).toBe(format);
    expect(imported.runs.map(({ events }) => events.map(sketch))).toEqual([story]);
    expect(countImported(imported).tokens).toEqual({ input: 10, output: 4, total: 14, unknownCalls: 0 });
  });

  it('of OTLP tells an error by the exception among the events', () => {
    const failed = {
      attributes: { ...asks, 'error.type': 'Timeout' },
      events: [['exception', { 'exception.message': 'too slow' }]] as const,
      more: { status: { code: 'STATUS_CODE_ERROR' } },
    };
    const [run] = importText([otlp([failed])], { format: null }).runs;
    expect(run?.events.at(-1)).toMatchObject({ kind: 'model.failed', message: 'Timeout: too slow' });
  });

  it('that lists the tools of a server calls none', () => {
    const span = { object: 'trace.span', id: 's', trace_id: 't', parent_id: null };
    const data = { type: 'mcp_tools', server: 'files', result: ['read'] };
    const { runs: none, skipped } = importText([json([{ ...span, span_data: data }])], { format: null });
    expect([none, skipped.map(({ what }) => what)]).toEqual([[], ['mcp_tools span']]);
  });
});

describe('the state of a run that the JavaScript SDK writes', () => {
  const output = (name: string) => [{ type: 'function_call', callId: name, name, arguments: '{}' }];
  const raw = (name: string) => ({ type: 'function_call', callId: name, name });
  const state = {
    $schemaVersion: '1.0',
    currentAgent: { name: 'cook' },
    modelResponses: [{ output: output('transfer_to_cook') }, { output: output('boil') }],
    generatedItems: [
      { type: 'handoff_call_item', rawItem: raw('transfer_to_cook'), agent: { name: 'host' } },
      {
        type: 'handoff_output_item',
        rawItem: raw('transfer_to_cook'),
        sourceAgent: { name: 'host' },
        targetAgent: { name: 'cook' },
      },
    ],
    currentStep: {
      type: 'next_step_interruption',
      data: {
        interruptions: [{ type: 'tool_approval_item', rawItem: raw('boil'), agent: { name: 'cook' } }],
      },
    },
  };

  it('tells who handed over, once, and what it waits for', () => {
    const [run] = importText([json(state)], { format: null }).runs;
    expect(run?.events.map(sketch)).toEqual([
      'model.called host',
      'model.answered host',
      'handoff.sent host->cook',
      'handoff.received host->cook',
      'model.called cook',
      'model.answered cook',
      'approval.asked cook',
      'tool.called cook boil {}',
    ]);
  });
});
