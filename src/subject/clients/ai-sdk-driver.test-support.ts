// Drivers of the Vercel AI SDK: generateText and streamText over its providers for OpenAI, Anthropic and Google.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { embedMany, generateText, jsonSchema, Output, streamText, tool, type LanguageModel } from 'ai';
import type { Json } from '../../base/json.ts';
import {
  prompt,
  system,
  weather,
  type Asking,
  type ClientDriver,
  type Seen,
} from './client-driver.test-support.ts';

const apiKey = 'offline';
const openai = () => createOpenAI({ apiKey });
const google = () => createGoogleGenerativeAI({ apiKey });

const usual = {
  tries: 3,
  errorOf: (status: number) => (status < 429 ? 'AI_APICallError' : 'AI_RetryError'),
  refusal: 'seen',
};

export const aiSdkDrivers: readonly ClientDriver[] = [
  {
    name: 'ai + @ai-sdk/openai, responses',
    package: '@ai-sdk/openai',
    ...usual,
    ask: async (asking) => ask(openai()('gpt-4o'), asking),
    embed: async (texts) =>
      (await embedMany({ model: openai().embedding('text-embedding-3-small'), values: [...texts] }))
        .embeddings,
  },
  {
    name: 'ai + @ai-sdk/openai, chat',
    package: '@ai-sdk/openai',
    ...usual,
    ask: async (asking) => ask(openai().chat('gpt-4o'), asking),
  },
  {
    name: 'ai + @ai-sdk/anthropic',
    package: '@ai-sdk/anthropic',
    ...usual,
    ask: async (asking) => ask(createAnthropic({ apiKey })('claude-opus-5'), asking),
  },
  {
    name: 'ai + @ai-sdk/google',
    package: '@ai-sdk/google',
    ...usual,
    ask: async (asking) => ask(google()('gemini-3-pro'), asking),
    embed: async (texts) =>
      (await embedMany({ model: google().textEmbedding('gemini-embedding-001'), values: [...texts] }))
        .embeddings,
  },
];

async function ask(model: LanguageModel, { form, tools, schema }: Asking): Promise<Seen> {
  const request = {
    model,
    system,
    prompt,
    ...(tools === 'none'
      ? {}
      : {
          tools: {
            weather: tool({
              description: weather.description,
              inputSchema: jsonSchema<{ readonly city: string }>(weather.parameters),
            }),
          },
        }),
    ...(schema === null ? {} : { output: Output.object({ schema: jsonSchema(schema) }) }),
  };
  const asked = request as unknown as Parameters<typeof generateText>[0];
  if (form === 'plain') return seen(await generateText(asked));
  let failure: unknown = null;
  const result = streamText({ ...asked, onError: ({ error }) => void (failure ??= error) });
  await result.consumeStream();
  if (failure !== null) throw failure as Error;
  return seen({
    text: await result.text,
    toolCalls: await result.toolCalls,
    reasoningText: await result.reasoningText,
    finishReason: await result.finishReason,
    usage: await result.usage,
  });
}

interface Result {
  readonly text: string;
  readonly toolCalls: readonly { readonly toolName: string; readonly input: unknown }[];
  readonly reasoningText: string | undefined;
  readonly finishReason: string;
  readonly usage: { readonly inputTokens: number | undefined; readonly outputTokens: number | undefined };
}

function seen({ text, toolCalls, reasoningText, finishReason, usage }: Result): Seen {
  return {
    text,
    tools: toolCalls.map(({ toolName, input }) => ({ name: toolName, arguments: input as Json })),
    ...(reasoningText === undefined ? {} : { reasoning: reasoningText }),
    finish: finishReason,
    usage: [usage.inputTokens ?? 0, usage.outputTokens ?? 0],
  };
}
