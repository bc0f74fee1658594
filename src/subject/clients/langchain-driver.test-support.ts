// Drivers of LangChain's chat models for OpenAI and Anthropic, which LangGraph's agents use.
import { ChatAnthropic } from '@langchain/anthropic';
import type { AIMessageChunk } from '@langchain/core/messages';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import type { Json } from '../../base/json.ts';
import {
  generatedErrorOf,
  prompt,
  system,
  weather,
  type ClientDriver,
  type Seen,
} from './client-driver.test-support.ts';

type Model = ChatOpenAI | ChatAnthropic;

/** A 429 is tried again only where it says when. */
const usual = {
  tries: 7,
  untried: [429],
  errorOf: (status: number) => (status === 429 ? 'RateLimitCapacityError' : generatedErrorOf(status)),
};

export const langchainDrivers: readonly ClientDriver[] = [
  {
    name: '@langchain/openai, ChatOpenAI',
    package: '@langchain/openai',
    ...usual,
    errorOf: (status) => (status === 400 ? 'ContextOverflowError' : usual.errorOf(status)),
    refusal: 'unseen',
    ask: driveWith(() => new ChatOpenAI({ model: 'gpt-4o', apiKey: 'offline' })),
    embed: async (texts) =>
      new OpenAIEmbeddings({ model: 'text-embedding-3-small', apiKey: 'offline' }).embedDocuments([...texts]),
  },
  {
    name: '@langchain/anthropic, ChatAnthropic',
    package: '@langchain/anthropic',
    ...usual,
    refusal: 'seen',
    ask: driveWith(() => new ChatAnthropic({ model: 'claude-opus-5', apiKey: 'offline' })),
  },
];

function driveWith(modelOf: () => Model): ClientDriver['ask'] {
  return async ({ form, tools, schema }) => {
    const model = modelOf();
    const input = [
      { role: 'system', content: system },
      { role: 'user', content: prompt },
    ];
    if (schema !== null) {
      const said: unknown = await model.withStructuredOutput(schema, { method: 'jsonSchema' }).invoke(input);
      return { text: JSON.stringify(said) };
    }
    const { name, description, parameters } = weather;
    const bound =
      tools === 'none'
        ? model
        : model.bindTools([{ type: 'function', function: { name, description, parameters } }]);
    if (form === 'plain') return seen(await bound.invoke(input));
    let whole: AIMessageChunk | undefined;
    for await (const chunk of await bound.stream(input)) {
      const piece = chunk;
      whole = whole === undefined ? piece : whole.concat(piece);
    }
    if (whole === undefined) throw new Error('the stream had no chunk');
    return seen(whole);
  };
}

function seen(message: AIMessageChunk): Seen {
  const { tool_calls: calls = [], response_metadata: meta } = message;
  const usage = message.usage_metadata as
    | { readonly input_tokens: number; readonly output_tokens: number }
    | undefined;
  const { refusal } = message.additional_kwargs;
  const finish: unknown =
    meta['finish_reason'] ?? meta['stop_reason'] ?? message.additional_kwargs['stop_reason'];
  return {
    text: message.text,
    tools: calls.map(({ name, args }) => ({ name, arguments: args as Json })),
    ...(typeof refusal === 'string' ? { refusal } : {}),
    ...(typeof finish === 'string' ? { finish } : {}),
    ...(usage === undefined ? {} : { usage: [usage.input_tokens, usage.output_tokens] as const }),
  };
}
