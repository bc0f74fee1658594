// Drivers of `@anthropic-ai/sdk`: Messages, in its versions 0 and 1.
import Anthropic from '@anthropic-ai/sdk';
import AnthropicV1 from 'anthropic-v1';
import type { Json } from '../../base/json.ts';
import {
  generatedErrorOf,
  prompt,
  system,
  weather,
  type Asking,
  type ClientDriver,
  type Seen,
} from './client-driver.test-support.ts';

/** What both versions have in common. */
interface Client {
  readonly messages: {
    create(body: object): Promise<unknown>;
    stream(body: object): { finalMessage(): Promise<unknown> };
  };
}

interface Message {
  readonly content: readonly {
    readonly type: string;
    readonly text?: string;
    readonly thinking?: string;
    readonly name?: string;
    readonly input?: Json;
  }[];
  readonly stop_reason: string;
  readonly stop_details?: { readonly explanation: string } | null;
  readonly usage: { readonly input_tokens: number; readonly output_tokens: number };
}

export const anthropicDriver: ClientDriver = {
  name: '@anthropic-ai/sdk 0, messages',
  package: '@anthropic-ai/sdk',
  tries: 3,
  errorOf: generatedErrorOf,
  refusal: 'seen',
  ask: async (asking) => ask(new Anthropic({ apiKey: 'offline' }), asking),
};

export const anthropicV1Driver: ClientDriver = {
  name: '@anthropic-ai/sdk 1, messages',
  package: 'anthropic-v1',
  tries: 3,
  errorOf: (status) => (status === 529 ? 'OverloadedError' : generatedErrorOf(status)),
  refusal: 'seen',
  ask: async (asking) => ask(new AnthropicV1({ apiKey: 'offline' }), asking),
};

async function ask(client: Client, { form, tools, schema }: Asking): Promise<Seen> {
  const { name, description, parameters } = weather;
  const body = {
    model: 'claude-opus-5',
    max_tokens: 1024,
    system,
    messages: [{ role: 'user', content: prompt }],
    ...(tools === 'none' ? {} : { tools: [{ name, description, input_schema: parameters }] }),
    ...(schema === null ? {} : { output_config: { format: { type: 'json_schema', schema } } }),
  };
  const message =
    form === 'plain' ? await client.messages.create(body) : await client.messages.stream(body).finalMessage();
  return seen(message as Message);
}

function seen({ content, stop_reason: finish, stop_details: details, usage }: Message): Seen {
  const reasoning = content.map(({ thinking = '' }) => thinking).join('');
  return {
    text: content.map(({ text = '' }) => text).join(''),
    tools: content.flatMap(({ type, name = '', input = null }) =>
      type === 'tool_use' ? [{ name, arguments: input }] : [],
    ),
    ...(details?.explanation === undefined ? {} : { refusal: details.explanation }),
    ...(reasoning === '' ? {} : { reasoning }),
    finish,
    usage: [usage.input_tokens, usage.output_tokens],
  };
}
