// Variants of the span formats that emitters write and no real export at hand shows: each gives the same small story.
import { describe, expect, it } from 'vitest';
import { assert } from '../../base/muster-error.ts';
import type { Json } from '../../base/json.ts';
import { sketch } from '../testing.test-support.ts';
import { countImported, importText, importTraces } from '../import-text.ts';

/** A clerk asks a model, which calls a tool; the tool runs; another call answers. */
const story = [
  'model.called clerk',
  'model.answered clerk',
  'tool.called clerk look {"q":"rain"}',
  'tool.returned clerk look',
  'model.called clerk',
  'model.answered clerk',
];

const call = { id: 'c1', name: 'look', arguments: { q: 'rain' } };
const kv = (attributes: Readonly<Record<string, Json>>): Json =>
  Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }));

const agent = { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'clerk' };
const asking = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': 'm',
  'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: [{ type: 'tool_call', ...call }] }]),
  'gen_ai.usage.input_tokens': 5,
  'gen_ai.usage.output_tokens': 2,
};
const looking = {
  'gen_ai.operation.name': 'execute_tool',
  'gen_ai.tool.name': 'look',
  'gen_ai.tool.call.id': 'c1',
  'gen_ai.tool.call.arguments': '{"q":"rain"}',
  'gen_ai.tool.call.result': '"wet"',
};
const telling = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.output.messages': "[{'role': 'assistant', 'parts': [{'type': 'text', 'content': \"it's wet\"}]}]",
  'gen_ai.usage.prompt_tokens': 7,
  'gen_ai.usage.completion_tokens': 3,
};
const four = [agent, asking, looking, telling];

/** Children first, as exporters write them. */
function spans(of: (attributes: Readonly<Record<string, Json>>, index: number) => Json): readonly Json[] {
  return four.map(of).reverse();
}
const hex = (index: number): string => `00000000000000a${index}`;
const base64 = (index: number): string => btoa(String.fromCharCode(0, 0, 0, 0, 0, 0, 0, 0xa0 + index));
const nanos = (index: number): string => `170000000${index}000000000`;
const parent = (index: number, id: (index: number) => string): string => (index === 0 ? '' : id(0));

const openInference = [
  { 'openinference.span.kind': 'AGENT', 'agent.name': 'clerk' },
  {
    'openinference.span.kind': 'LLM',
    'llm.model_name': 'm',
    'llm.input_messages.0.message.role': 'user',
    'llm.input_messages.0.message.contents.0.message_content.text': 'will it rain?',
    'llm.output_messages.0.message.role': 'assistant',
    'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'c1',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'look',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"q": "rain"}',
    'llm.token_count.prompt': 5,
    'llm.token_count.completion': 2,
  },
  {
    'openinference.span.kind': 'TOOL',
    'tool.name': 'look',
    'input.value': '{"q": "rain"}',
    'output.value': 'wet',
  },
  {
    'openinference.span.kind': 'LLM',
    'llm.output_messages.0.message.role': 'assistant',
    'llm.output_messages.0.message.content': 'wet',
    'llm.token_count.prompt': 7,
    'llm.token_count.completion': 3,
  },
] as const satisfies readonly Readonly<Record<string, Json>>[];

const orderOf = (id: string) =>
  id === 'r' ? '20240101T000000000000Zr' : `20240101T000000000000Zr.2024010${id}T000000000000Z${id}`;
const langsmithRun = (id: string, type: string, more: object) => ({
  id,
  trace_id: 't',
  run_type: type,
  name: 'look',
  dotted_order: orderOf(id),
  start_time: `2024-01-0${id === 'r' ? 1 : id}T00:00:00`,
  ...more,
});
const langsmithPatch = (id: string, more: object) => ({ id, dotted_order: orderOf(id), ...more });
const lcMessage = (kwargs: object) => ({
  generations: [
    [{ text: '', message: { lc: 1, type: 'constructor', id: ['langchain', 'AIMessage'], kwargs } }],
  ],
});

const langsmithBatch = JSON.stringify({
  post: [
    langsmithRun('r', 'chain', { extra: { metadata: { langgraph_node: 'clerk' } } }),
    langsmithRun('2', 'llm', {
      name: null,
      inputs: { model: 'm', messages: [{ role: 'user', content: 'will it rain?' }] },
    }),
    langsmithRun('3', 'tool', { inputs: { q: 'rain' } }),
    langsmithRun('4', 'llm', { inputs: { model: 'm', messages: [{ role: 'tool', content: 'wet' }] } }),
  ],
  patch: [
    langsmithPatch('2', {
      inputs: {},
      outputs: lcMessage({
        content: '',
        tool_calls: [{ name: 'look', args: { q: 'rain' }, id: 'c1' }],
        usage_metadata: { input_tokens: 5, output_tokens: 2 },
      }),
    }),
    langsmithPatch('3', {
      end_time: '2024-01-03T00:00:01',
      outputs: { output: { content: 'wet', tool_call_id: 'c1', type: 'tool' } },
    }),
    langsmithPatch('4', {
      run_type: 'llm',
      inputs: {},
      outputs: lcMessage({ content: 'wet', usage_metadata: { input_tokens: 7, output_tokens: 3 } }),
    }),
  ],
});

const variants: Readonly<Record<string, readonly [format: string, text: string]>> = {
  'OTLP JSON with lists of attributes': [
    'otel',
    JSON.stringify({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: spans((attributes, index) => ({
                name: 's',
                traceId: 't1',
                spanId: hex(index),
                parentSpanId: parent(index, hex),
                startTimeUnixNano: nanos(index),
                endTimeUnixNano: nanos(index),
                attributes: kv(attributes),
              })),
            },
          ],
        },
      ],
    }),
  ],
  'OTLP one span a line, with ids in base64 and snake case': [
    'otel',
    spans((attributes, index) => ({
      resource_spans: [
        {
          scope_spans: [
            {
              spans: [
                {
                  name: 's',
                  trace_id: 't1',
                  span_id: base64(index),
                  parent_span_id: index === 0 ? '' : base64(0),
                  start_time_unix_nano: nanos(index),
                  end_time_unix_nano: nanos(index),
                  attributes: kv(attributes),
                },
              ],
            },
          ],
        },
      ],
    }))
      .map((one) => JSON.stringify(one))
      .join('\r\n'),
  ],
  'the console exporter of Python, one object behind the other': [
    'otel',
    spans((attributes, index) => ({
      name: 's',
      context: { trace_id: '0xt1', span_id: `0x${hex(index)}`, trace_state: '[]' },
      parent_id: index === 0 ? null : `0x${hex(0)}`,
      start_time: `2024-01-01T00:00:0${index}.000000Z`,
      end_time: `2024-01-01T00:00:0${index}.500000Z`,
      status: { status_code: 'UNSET' },
      attributes,
    }))
      .map((one) => JSON.stringify(one, null, 4))
      .join('\n'),
  ],
  'spans of the JavaScript SDK with times in pairs': [
    'otel',
    JSON.stringify(
      spans(
        (attributes, index) =>
          ({
            name: 's',
            spanContext: { traceId: 't1', spanId: hex(index) },
            parentSpanContext: index === 0 ? undefined : { spanId: hex(0) },
            startTime: [1_700_000_000 + index, 0],
            endTime: [1_700_000_000 + index, 5000],
            attributes,
          }) as unknown as Json,
      ),
    ),
  ],
  Jaeger: [
    'otel',
    JSON.stringify({
      data: [
        {
          spans: spans((attributes, index) => ({
            traceID: 't1',
            spanID: hex(index),
            operationName: 's',
            references: index === 0 ? [] : [{ refType: 'CHILD_OF', spanID: hex(0) }],
            startTime: 1_700_000_000_000_000 + index,
            duration: 1,
            tags: Object.entries(attributes).map(([key, value]) => ({ key, type: 'string', value })),
          })),
        },
      ],
    }),
  ],
  'OpenInference in OTLP': [
    'openinference',
    JSON.stringify({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: openInference.map((attributes, index) => ({
                name: 's',
                traceId: 't1',
                spanId: hex(index),
                parentSpanId: parent(index, hex),
                startTimeUnixNano: nanos(index),
                endTimeUnixNano: nanos(index),
                attributes: kv(attributes),
              })),
            },
          ],
        },
      ],
    }),
  ],
  'OpenInference as columns of a table, one span a line': [
    'openinference',
    openInference
      .map((attributes, index) =>
        JSON.stringify({
          name: 's',
          'context.trace_id': 't1',
          'context.span_id': hex(index),
          parent_id: index === 0 ? null : hex(0),
          start_time: `2024-01-01T00:00:0${index}`,
          end_time: `2024-01-01T00:00:0${index}`,
          ...Object.fromEntries(
            Object.entries(attributes).map(([key, value]) => [`attributes.${key}`, value]),
          ),
        }),
      )
      .join('\n'),
  ],
  'LangSmith runs of LangChain, by dotted order': [
    'langsmith',
    [
      langsmithRun('r', 'chain', { extra: { metadata: { langgraph_node: 'clerk' } } }),
      langsmithRun('2', 'llm', {
        outputs: lcMessage({
          content: '',
          tool_calls: [{ name: 'look', args: { q: 'rain' }, id: 'c1' }],
          usage_metadata: { input_tokens: 5, output_tokens: 2 },
        }),
      }),
      langsmithRun('3', 'tool', {
        inputs: { input: "{'q': 'rain'}" },
        outputs: { output: { content: 'wet', tool_call_id: 'c1', type: 'tool' } },
      }),
      langsmithRun('4', 'llm', {
        outputs: lcMessage({ content: 'wet', usage_metadata: { input_tokens: 7, output_tokens: 3 } }),
      }),
    ]
      .map((one) => JSON.stringify(one))
      .join('\n'),
  ],
  'LangSmith posts and the patches that end them': ['langsmith', langsmithBatch],
  'Langfuse of an older SDK, nested and beside': [
    'langfuse',
    JSON.stringify(
      ((observations: Json) => ({ trace: { id: 't1', observations }, observations }))(
        four.map((attributes, index) => ({
          id: hex(index),
          traceId: 't1',
          type: 'SPAN',
          name: 's',
          parentObservationId: index === 0 ? null : hex(0),
          startTime: `2024-01-01T00:00:0${index}Z`,
          endTime: `2024-01-01T00:00:0${index}Z`,
          metadata: JSON.stringify({ attributes }),
        })),
      ),
    ),
  ],
  'the spans of the OpenAI Agents SDK': [
    'openai-agents',
    [
      { object: 'trace', id: 't1', workflow_name: 'w' },
      ...[
        { type: 'agent', name: 'clerk' },
        {
          type: 'generation',
          output: [
            {
              role: 'assistant',
              tool_calls: [
                { id: 'c1', type: 'function', function: { name: 'look', arguments: '{"q":"rain"}' } },
              ],
            },
          ],
          usage: { input_tokens: 5, output_tokens: 2 },
        },
        { type: 'function', name: 'look', input: '{"q":"rain"}', output: 'wet' },
        {
          type: 'generation',
          output: [{ role: 'assistant', content: 'wet' }],
          usage: { input_tokens: 7, output_tokens: 3 },
        },
      ].map((span_data, index) => ({
        object: 'trace.span',
        id: hex(index),
        trace_id: 't1',
        parent_id: index === 0 ? null : hex(0),
        started_at: `2024-01-01T00:00:0${index}+00:00`,
        ended_at: `2024-01-01T00:00:0${index}+00:00`,
        span_data,
      })),
    ]
      .map((one) => JSON.stringify(one))
      .join('\n'),
  ],
};

describe('a variant that an emitter writes', () => {
  it.for(Object.entries(variants))('%s tells the story', ([, [format, text]]) => {
    const imported = importText([text], { format: null });
    expect(imported.format).toBe(format);
    expect(imported.runs).toHaveLength(1);
    expect(imported.runs[0]?.events.map(sketch)).toEqual(story);
    expect(countImported(imported).tokens).toEqual({ input: 12, output: 5, total: 17, unknownCalls: 0 });
    expect(imported.asks[1]?.said?.text).toMatch(/wet$/);
    expect(importTraces([text], { format: null }).runs).toEqual(imported.runs);
  });

  it('of LangSmith is not asked again by a patch: what its post was shown stays', () => {
    const { asks, runs } = importText([langsmithBatch], { format: null });
    expect(asks[0]).toMatchObject({ model: 'm', input: [{ role: 'user', content: 'will it rain?' }] });
    expect(runs[0]?.events[0]).toMatchObject({ kind: 'model.called', model: 'm' });
  });

  it('of the Vercel AI SDK tells its calls once, and its tools with what they were given', () => {
    const attributes = [
      { 'ai.operationId': 'ai.generateText', 'ai.telemetry.functionId': 'clerk', 'ai.usage.promptTokens': 5 },
      {
        'ai.operationId': 'ai.generateText.doGenerate',
        'ai.response.toolCalls': JSON.stringify([
          { toolCallId: 'c1', toolName: 'look', input: '{"q":"rain"}' },
        ]),
        'ai.response.finishReason': 'tool-calls',
        'ai.usage.promptTokens': 5,
        'ai.usage.completionTokens': 2,
      },
      {
        'ai.operationId': 'ai.toolCall',
        'ai.toolCall.name': 'look',
        'ai.toolCall.id': 'c1',
        'ai.toolCall.args': '{"q":"rain"}',
        'ai.toolCall.result': '"wet"',
      },
    ];
    const text = JSON.stringify(
      attributes.map((one, index) => ({
        name: 's',
        traceId: 't',
        spanId: hex(index),
        parentSpanId: parent(index, hex),
        startTime: [index + 1, 0],
        endTime: [index + 1, 0],
        attributes: one,
      })),
    );
    const { runs, skipped } = importText([text], { format: null });
    expect(runs[0]?.events.map(sketch)).toEqual(story.slice(0, 4));
    expect(skipped).toMatchObject([{ what: 's span', count: 1 }]);
  });

  it('with a failed model call, a failed tool and a transfer tells them as such', () => {
    const failed = { code: 2, message: 'overloaded' };
    const of = (attributes: object, index: number, status: object) => ({
      name: 's',
      spanId: hex(index),
      startTime: [index + 1, 0],
      endTime: [index + 1, 0],
      attributes,
      status,
    });
    const text = JSON.stringify([
      of({ 'gen_ai.operation.name': 'chat', 'gen_ai.agent.name': 'clerk', 'error.type': '529' }, 1, failed),
      of(
        { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.agent.name': 'clerk', 'gen_ai.tool.name': 'look' },
        2,
        failed,
      ),
      of(
        {
          'gen_ai.operation.name': 'handoff',
          'gen_ai.agent.name': 'clerk',
          'gen_ai.transfer.target.name': 'boss',
        },
        3,
        {},
      ),
    ]);
    const [run] = importText([text], { format: null }).runs;
    assert(run !== undefined, 'one trace');
    expect(run.events.map(sketch)).toEqual([
      'model.called clerk',
      'model.failed clerk',
      'tool.called clerk look {}',
      'tool.failed clerk look',
      'handoff.sent clerk->boss',
    ]);
    expect(run.events[1]).toMatchObject({ message: '529: overloaded' });
  });
});
