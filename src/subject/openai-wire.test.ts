// Tests of both OpenAI wires against the real `openai` client, with its own stream helpers as the judges of the shapes.
import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import type { APIError } from 'openai';
import type { Ask } from '../team/ask.ts';
import type { Json } from '../base/json.ts';
import type { AgentScript } from '../llm/script.ts';
import { failWith } from '../llm/script.ts';
import { refuse, say, useTool, useTools } from '../llm/answer-draft.ts';
import type { Injection } from '../chaos/plan.ts';
import { kinds, messages, runPlan, solo } from './solo-team.test-support.ts';

const model = 'gpt-4o';
const parameters = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
const chatTools = [
  { type: 'function' as const, function: { name: 'weather', description: 'Weather of a city', parameters } },
];
const tools = [
  { type: 'function' as const, name: 'weather', description: 'Weather of a city', parameters, strict: true },
];
const bothCities = useTools(
  ['weather', { city: 'Oslo' }],
  ['weather', { city: 'Bergen, an old town on the coast' }],
);
const schema = {
  type: 'object',
  properties: { title: { type: 'string' } },
  required: ['title'],
  additionalProperties: false,
};

/** What `use` makes of a client whose model follows the script, and every ask that the model was shown. */
async function met(
  writer: AgentScript,
  use: (client: OpenAI) => Promise<unknown>,
  injections: readonly Injection[] = [],
): Promise<{ value: Record<string, unknown>; asks: readonly Ask[]; told: readonly string[] }> {
  const asks: Ask[] = [];
  const seen: AgentScript = (ask, random) => {
    asks.push(ask);
    const step = typeof writer === 'function' ? writer : (writer[ask.turn - 1] ?? writer.at(-1)!);
    return typeof step === 'function' ? step(ask, random) : step;
  };
  const team = solo({ run: use, writer: seen, more: { attribution: [{ agent: 'writer', model: /./ }] } });
  const trace = await team.run(runPlan(injections));
  const end = trace.events.find((event) => event.kind === 'mission.ended');
  if (end?.kind !== 'mission.ended' || end.end !== 'done')
    throw new Error(end?.kind === 'mission.ended' ? end.reason : 'no end');
  return { value: trace.result as Record<string, unknown>, asks, told: kinds(trace) };
}

const forms = ['plain', 'streamed'] as const;

describe.each(forms)('Chat Completions, %s', (form) => {
  const complete = async (client: OpenAI, more: object = {}): Promise<OpenAI.ChatCompletion> => {
    const body = { model, messages, ...more };
    return form === 'plain'
      ? client.chat.completions.create(body)
      : client.chat.completions.stream(body).finalChatCompletion();
  };

  it('answers with text', async () => {
    const { value } = await met([say('Nine words that make more than one chunk, surely: ✓ 😀.')], (client) =>
      complete(client),
    );
    expect(value['choices']).toMatchObject([
      {
        index: 0,
        finish_reason: 'stop',
        message: {
          role: 'assistant',
          content: 'Nine words that make more than one chunk, surely: ✓ 😀.',
          refusal: null,
        },
      },
    ]);
    expect(JSON.stringify(value['choices'])).not.toContain('tool_calls');
  });

  it('calls tools in parallel, with null content, and reads their results', async () => {
    const { value, asks } = await met([bothCities, say('Both are wet.')], async (client) => {
      const first = (await complete(client, { tools: chatTools })).choices[0]!.message;
      const results = first.tool_calls!.map((call, index) => ({
        role: 'tool' as const,
        tool_call_id: call.id,
        content: `rain ${index}`,
      }));
      const last = await complete(client, { messages: [...messages, first, ...results], tools: chatTools });
      return { first: first as never, last: last.choices[0]?.message.content };
    });
    const first = value['first'] as OpenAI.ChatCompletionMessage;
    expect(first.content).toBeNull();
    expect(
      first.tool_calls?.map((call) =>
        call.type === 'function' ? (JSON.parse(call.function.arguments) as unknown) : null,
      ),
    ).toEqual([{ city: 'Oslo' }, { city: 'Bergen, an old town on the coast' }]);
    expect(new Set(first.tool_calls?.map((call) => call.id)).size).toBe(2);
    expect(value['last']).toBe('Both are wet.');
    expect(asks[0]?.tools).toEqual([{ name: 'weather', description: 'Weather of a city', parameters }]);
    expect(asks[1]?.messages.slice(2)).toMatchObject([
      {
        role: 'assistant',
        content: '',
        toolCalls: [{ name: 'weather', arguments: { city: 'Oslo' } }, { name: 'weather' }],
      },
      { role: 'tool', name: 'weather', content: 'rain 0' },
      { role: 'tool', name: 'weather', content: 'rain 1' },
    ]);
  });

  it('gives structured output, and shows the double its schema', async () => {
    const format = { type: 'json_schema', json_schema: { name: 'post', schema, strict: true } };
    const { value, asks } = await met([say({ title: 'T' })], async (client) => {
      const completion = await client.chat.completions.parse({
        model,
        messages,
        response_format: format,
      } as never);
      return { title: JSON.parse(completion.choices[0]!.message.content!) as Json };
    });
    expect(value).toEqual({ title: { title: 'T' } });
    expect(asks[0]?.responseSchema).toEqual(schema);
  });

  it.each([
    [refuse('I will not.'), { finish_reason: 'stop', message: { content: null, refusal: 'I will not.' } }],
    [
      { ...say('Cut of'), finishReason: 'length' as const },
      { finish_reason: 'length', message: { content: 'Cut of' } },
    ],
    [
      { ...say(''), finishReason: 'contentFilter' as const },
      { finish_reason: 'content_filter', message: { content: '' } },
    ],
  ])('carries %j', async (draft, choice) => {
    const { value } = await met([draft], async (client) => {
      if (form === 'plain') return complete(client);
      // The helper throws for these two by design, so the deltas are put together by hand.
      const stream = await client.chat.completions.create({ model, messages, stream: true });
      const message: Record<string, string | null> = { content: null, refusal: null };
      let finish_reason: string | null = null;
      for await (const { choices } of stream) {
        const delta = choices[0]?.delta;
        if (typeof delta?.content === 'string' && (delta.content !== '' || draft.refusal === undefined))
          message['content'] = (message['content'] ?? '') + delta.content;
        if (typeof delta?.refusal === 'string')
          message['refusal'] = (message['refusal'] ?? '') + delta.refusal;
        finish_reason = choices[0]?.finish_reason ?? finish_reason;
      }
      return { choices: [{ message, finish_reason }] };
    });
    expect(value['choices']).toMatchObject([choice]);
  });
});

describe('Chat Completions', () => {
  const chunksOf = async (client: OpenAI, more: object = {}): Promise<OpenAI.ChatCompletionChunk[]> => {
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    const stream = await client.chat.completions.create({ model, messages, stream: true, ...more });
    for await (const chunk of stream) chunks.push(chunk);
    return chunks;
  };
  type Chunks = readonly OpenAI.ChatCompletionChunk[];

  it('tells usage at the end of a stream when it is asked to, and never otherwise', async () => {
    const { value } = await met(
      [{ ...say('Hi'), usage: { inputTokens: 7, outputTokens: 2 } }],
      async (client) => ({
        told: await chunksOf(client, { stream_options: { include_usage: true } }),
        untold: await chunksOf(client),
      }),
    );
    const [told, untold] = [value['told'] as Chunks, value['untold'] as Chunks];
    expect(told.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 },
    });
    expect(told.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
    expect(untold.some((chunk) => 'usage' in chunk)).toBe(false);
  });

  it('sends the role first, the finish reason with an empty delta, and one id', async () => {
    const { value } = await met([bothCities], async (client) => ({
      chunks: await chunksOf(client, { tools: chatTools }),
    }));
    const chunks = value['chunks'] as Chunks;
    expect(chunks[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: null, refusal: null });
    expect(chunks.at(-1)?.choices).toEqual([
      { index: 0, delta: {}, logprobs: null, finish_reason: 'tool_calls' },
    ]);
    expect(new Set(chunks.map((chunk) => chunk.id)).size).toBe(1);
    const heads = chunks
      .flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? [])
      .filter((call) => call.id !== undefined);
    expect(heads.map(({ index, type, function: named }) => [index, type, named?.name])).toEqual([
      [0, 'function', 'weather'],
      [1, 'function', 'weather'],
    ]);
  });

  it('fails in the provider’s words, with a request id and no header that nobody asked for', async () => {
    const fails = [
      failWith({ reason: 'contextLength', message: 'This model has a limit.', retryable: false }),
    ];
    const { value } = await met(fails, async (client) => {
      const error = await client.chat.completions.create({ model, messages }).then(
        () => null,
        (thrown: unknown) => thrown as APIError,
      );
      return {
        status: error?.status,
        code: error?.code,
        type: error?.type,
        id: error?.requestID,
        headers: [...(error?.headers?.keys() ?? [])],
      };
    });
    expect(value).toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
      type: 'invalid_request_error',
      id: expect.stringMatching(/^req_/) as string,
    });
    expect(value['headers']).toEqual(['content-length', 'content-type', 'x-request-id']);
  });

  it('refuses a request without messages, and a door that it does not serve', async () => {
    const { value } = await met([say('x')], async (client) => {
      const statusOf = async (call: Promise<unknown>): Promise<unknown> =>
        call.then(
          () => 200,
          (thrown: unknown) => (thrown as { status: number }).status,
        );
      return {
        bad: await statusOf(client.post('/chat/completions', { body: { model } })),
        files: await statusOf(client.files.list()),
      };
    });
    expect(value).toEqual({ bad: 400, files: 404 });
  });

  it('streams the part of the arguments that arrived before a cut', async () => {
    const cut = {
      fault: { kind: 'stream.truncateMidToolCall', offset: 5, ending: 'clean' },
      trigger: { kind: 'nth', n: 1 },
    } as const;
    const { value, told } = await met(
      [useTool('weather', { city: 'Oslo' })],
      async (client) => ({ chunks: await chunksOf(client, { tools: chatTools }) }),
      [cut],
    );
    const deltas = (value['chunks'] as Chunks).flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []);
    expect(deltas.map((call) => call.function?.arguments ?? '').join('')).toBe('{"cit');
    expect(told).toContain('model.failed cut');
  });
});

describe.each(forms)('Responses, %s', (form) => {
  const input = 'Write a line.';
  const respond = async (client: OpenAI, more: object = {}): Promise<OpenAI.Responses.Response> => {
    const body = { model, input, instructions: 'You are the writer.', ...more };
    return form === 'plain' ? client.responses.create(body) : client.responses.stream(body).finalResponse();
  };

  it('answers with text and usage', async () => {
    const { value, asks } = await met(
      [{ ...say('Nine words that make more than one chunk.'), usage: { inputTokens: 5, outputTokens: 9 } }],
      (client) => respond(client),
    );
    expect(value).toMatchObject({
      object: 'response',
      status: 'completed',
      error: null,
      parallel_tool_calls: true,
      output_text: 'Nine words that make more than one chunk.',
      usage: { input_tokens: 5, output_tokens: 9, total_tokens: 14 },
      output: [{ type: 'message', status: 'completed', content: [{ type: 'output_text', annotations: [] }] }],
    });
    expect(asks[0]?.messages).toEqual([
      { role: 'system', content: 'You are the writer.' },
      { role: 'user', content: input },
    ]);
  });

  it('calls tools in parallel and reads their results, repeated or continued', async () => {
    const { value, asks } = await met([bothCities, say('Wet.'), say('Still wet.')], async (client) => {
      const first = await respond(client, { tools });
      const calls = first.output.filter((item) => item.type === 'function_call');
      const outputs = calls.map((call, index) => ({
        type: 'function_call_output' as const,
        call_id: call.call_id,
        output: `rain ${index}`,
      }));
      const repeated = await respond(client, {
        tools,
        input: [{ role: 'user', content: input }, ...first.output, ...outputs],
      });
      const continued = await respond(client, { tools, previous_response_id: first.id, input: outputs });
      return { calls: calls as never, texts: [repeated.output_text, continued.output_text] };
    });
    const calls = value['calls'] as OpenAI.Responses.ResponseFunctionToolCall[];
    expect(calls.map((call) => JSON.parse(call.arguments) as unknown)).toEqual([
      { city: 'Oslo' },
      { city: 'Bergen, an old town on the coast' },
    ]);
    expect(calls.every((call) => call.id !== call.call_id && call.id?.startsWith('fc_') === true)).toBe(true);
    // The same conversation, whether it is repeated or continued, is the same ask.
    expect(value['texts']).toEqual(['Wet.', 'Wet.']);
    expect(asks[2]?.messages).toEqual(asks[1]?.messages);
    expect(asks[1]?.messages.slice(2)).toMatchObject([
      { role: 'assistant', toolCalls: [{ arguments: { city: 'Oslo' } }, {}] },
      { role: 'tool', name: 'weather', content: 'rain 0' },
      { role: 'tool', name: 'weather', content: 'rain 1' },
    ]);
  });

  it('gives structured output, and shows the double its schema', async () => {
    const text = { format: { type: 'json_schema' as const, name: 'post', schema, strict: true } };
    const { value, asks } = await met([say({ title: 'T' })], async (client) => {
      const parsed = await client.responses.parse({ model, input, text });
      return { parsed: parsed.output_parsed as never };
    });
    expect(value).toEqual({ parsed: { title: 'T' } });
    expect(asks[0]?.responseSchema).toEqual(schema);
  });

  it.each([
    [
      refuse('I will not.'),
      { status: 'completed', output: [{ content: [{ type: 'refusal', refusal: 'I will not.' }] }] },
    ],
    [
      { ...say('Cut of'), finishReason: 'length' as const },
      { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, output_text: 'Cut of' },
    ],
    [
      { ...say('Some'), finishReason: 'contentFilter' as const },
      { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
    ],
  ])('carries %j', async (draft, response) => {
    expect((await met([draft], (client) => respond(client))).value).toMatchObject(response);
  });
});

describe('Responses', () => {
  it('numbers its events from 0, names them as their type, and ends with the whole response', async () => {
    const { value } = await met([{ ...bothCities, content: 'I look both up.' }], async (client) => {
      const raw = await client.responses.create({ model, input: 'x', tools, stream: true }).asResponse();
      return { text: await raw.text(), type: raw.headers.get('content-type') };
    });
    const frames = String(value['text'])
      .trim()
      .split('\n\n')
      .map((frame) => frame.split('\n'));
    const events = frames.map(
      ([, data]) =>
        JSON.parse(data!.slice('data: '.length)) as {
          type: string;
          sequence_number: number;
          response?: { output: unknown[] };
        },
    );
    expect(value['type']).toMatch(/^text\/event-stream/);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    expect(frames.map(([name]) => name)).toEqual(events.map((event) => `event: ${event.type}`));
    expect([...new Set(events.map((event) => event.type))]).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.function_call_arguments.delta',
      'response.function_call_arguments.done',
      'response.completed',
    ]);
    expect(events.at(-1)?.response?.output).toHaveLength(3);
  });

  it('does not know a response that it has not given', async () => {
    const { value } = await met([say('x')], async (client) => {
      const call = client.responses.create({ model, input: 'x', previous_response_id: 'resp_nobody' });
      return {
        message: await call.then(
          () => '',
          (thrown: unknown) => (thrown as Error).message,
        ),
      };
    });
    expect(value['message']).toMatch(/400.*resp_nobody/);
  });

  it('breaks off with the text that has arrived, and no last event', async () => {
    const cut = {
      fault: { kind: 'stream.cut', after: 10, unit: 'bytes', ending: 'error' },
      trigger: { kind: 'nth', n: 1 },
    } as const;
    const { value } = await met(
      [say('0123456789abcdef0123456789')],
      async (client) => {
        let text = '';
        let broke = '';
        try {
          for await (const event of await client.responses.create({ model, input: 'x', stream: true })) {
            if (event.type === 'response.output_text.delta') text += event.delta;
          }
        } catch (error) {
          broke = String(error);
        }
        return { text, broke };
      },
      [cut],
    );
    expect(value['text']).toBe('0123456789');
    expect(value['broke']).toMatch(/terminated/);
  });
});
