// Drivers of the `openai` library: Chat Completions and Responses.
import OpenAI from 'openai';
import type { Stream } from 'openai/streaming';
import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources/chat/completions';
import {
  generatedErrorOf,
  argumentsIn,
  prompt,
  system,
  weather,
  type Asking,
  type ClientDriver,
  type Seen,
} from './client-driver.test-support.ts';

const client = (): OpenAI => new OpenAI({ apiKey: 'offline' });

const embed: NonNullable<ClientDriver['embed']> = async (texts) => {
  const { data } = await client().embeddings.create({ model: 'text-embedding-3-small', input: [...texts] });
  return data.map(({ embedding }) => embedding);
};

export const openaiChatDriver: ClientDriver = {
  name: 'openai, chat.completions',
  package: 'openai',
  tries: 3,
  errorOf: generatedErrorOf,
  refusal: 'seen',
  ask: async (asking) => {
    const body = chatBody(asking);
    return asking.form === 'plain'
      ? seenChat(await client().chat.completions.create({ ...body, stream: false }))
      : seenChunks(
          await client().chat.completions.create({
            ...body,
            stream: true,
            stream_options: { include_usage: true },
          }),
        );
  },
  embed,
};

function chatBody({ tools, schema }: Asking) {
  return {
    model: 'gpt-4o',
    messages: [
      { role: 'system' as const, content: system },
      { role: 'user' as const, content: prompt },
    ],
    ...(tools === 'none' ? {} : { tools: [{ type: 'function' as const, function: weather }] }),
    ...(schema === null
      ? {}
      : {
          response_format: {
            type: 'json_schema' as const,
            json_schema: { name: 'out', schema, strict: true },
          },
        }),
  };
}

/** Reasoning is no part of the library's types. */
type Delta = ChatCompletionChunk.Choice.Delta & { readonly reasoning_content?: string };
type Message = ChatCompletion.Choice['message'] & { readonly reasoning_content?: string };

function seenChat({ choices, usage }: ChatCompletion): Seen {
  const { message, finish_reason: finish } = choices[0]!;
  const { content, refusal, tool_calls: calls = [], reasoning_content: reasoning } = message as Message;
  return {
    text: content ?? '',
    tools: calls.map((call) =>
      call.type === 'function'
        ? { name: call.function.name, arguments: argumentsIn(call.function.arguments) }
        : { name: '', arguments: null },
    ),
    ...(refusal === null ? {} : { refusal }),
    ...(reasoning === undefined ? {} : { reasoning }),
    finish,
    ...(usage === undefined ? {} : { usage: [usage.prompt_tokens, usage.completion_tokens] }),
  };
}

async function seenChunks(stream: Stream<ChatCompletionChunk>): Promise<Seen> {
  const told = { content: '', refusal: '', reasoning: '', finish: '' };
  const calls: { name: string; text: string }[] = [];
  let usage: Seen['usage'];
  for await (const chunk of stream) {
    if (chunk.usage) usage = [chunk.usage.prompt_tokens, chunk.usage.completion_tokens];
    const [choice] = chunk.choices;
    const delta: Delta | undefined = choice?.delta;
    told.content += delta?.content ?? '';
    told.refusal += delta?.refusal ?? '';
    told.reasoning += delta?.reasoning_content ?? '';
    told.finish = choice?.finish_reason ?? told.finish;
    for (const piece of delta?.tool_calls ?? []) {
      const call = (calls[piece.index] ??= { name: '', text: '' });
      call.name += piece.function?.name ?? '';
      call.text += piece.function?.arguments ?? '';
    }
  }
  return {
    text: told.content,
    tools: calls.map(({ name, text }) => ({ name, arguments: argumentsIn(text) })),
    ...(told.refusal === '' ? {} : { refusal: told.refusal }),
    ...(told.reasoning === '' ? {} : { reasoning: told.reasoning }),
    finish: told.finish,
    ...(usage === undefined ? {} : { usage }),
  };
}

export const openaiResponsesDriver: ClientDriver = {
  name: 'openai, responses',
  package: 'openai',
  tries: 3,
  errorOf: generatedErrorOf,
  refusal: 'seen',
  ask: async ({ form, tools, schema }) => {
    const body = {
      model: 'gpt-4o',
      instructions: system,
      input: prompt,
      ...(tools === 'none' ? {} : { tools: [{ type: 'function' as const, ...weather, strict: true }] }),
      ...(schema === null
        ? {}
        : { text: { format: { type: 'json_schema' as const, name: 'out', schema, strict: true } } }),
    };
    const response =
      form === 'plain'
        ? await client().responses.create(body)
        : await client().responses.stream(body).finalResponse();
    return seenResponse(response);
  },
};

function seenResponse(response: OpenAI.Responses.Response): Seen {
  const { output, output_text: text, status, incomplete_details: incomplete, usage } = response;
  const parts = output.flatMap((item) => (item.type === 'message' ? item.content : []));
  const refusal = parts.find((part) => part.type === 'refusal')?.refusal;
  const reasoning = output
    .flatMap((item) => (item.type === 'reasoning' ? item.summary : []))
    .map((one) => one.text);
  return {
    text,
    tools: output.flatMap((item) =>
      item.type === 'function_call' ? [{ name: item.name, arguments: argumentsIn(item.arguments) }] : [],
    ),
    ...(refusal === undefined ? {} : { refusal }),
    ...(reasoning.length === 0 ? {} : { reasoning: reasoning.join('') }),
    finish: incomplete?.reason ?? status ?? '',
    ...(usage === undefined ? {} : { usage: [usage.input_tokens, usage.output_tokens] }),
  };
}
