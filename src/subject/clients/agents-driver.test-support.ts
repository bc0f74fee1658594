// Driver of `@openai/agents`: one agent, run to its end; it speaks Responses.
import { Agent, OpenAIProvider, Runner, tool } from '@openai/agents';
import type { Json } from '../../base/json.ts';
import {
  generatedErrorOf,
  prompt,
  system,
  weather,
  type ClientDriver,
  type Seen,
} from './client-driver.test-support.ts';

export const agentsDriver: ClientDriver = {
  name: '@openai/agents, Runner',
  package: '@openai/agents',
  tries: 3,
  errorOf: generatedErrorOf,
  refusal: 'ModelRefusalError',
  ask: async ({ form, tools }) => {
    const called: { name: string; arguments: Json }[] = [];
    const lookUp = tool({
      name: weather.name,
      description: weather.description,
      parameters: weather.parameters as never,
      strict: false,
      execute: (input) => {
        called.push({ name: weather.name, arguments: input });
        return 'rain';
      },
    });
    const agent = new Agent({
      name: 'writer',
      instructions: system,
      model: 'gpt-4o',
      tools: tools === 'none' ? [] : [lookUp],
      toolUseBehavior: 'stop_on_first_tool',
    });
    const runner = new Runner({
      modelProvider: new OpenAIProvider({ apiKey: 'offline' }),
      tracingDisabled: true,
    });
    if (form === 'plain') return seen(await runner.run(agent, prompt), called);
    const streamed = await runner.run(agent, prompt, { stream: true });
    await streamed.completed;
    return seen(streamed, called);
  },
};

interface Result {
  readonly finalOutput?: unknown;
  readonly rawResponses: readonly {
    readonly usage: { readonly inputTokens: number; readonly outputTokens: number };
  }[];
}

function seen({ finalOutput, rawResponses }: Result, called: NonNullable<Seen['tools']>): Seen {
  const usage = rawResponses[0]?.usage;
  const text = called.length > 0 || typeof finalOutput !== 'string' ? '' : finalOutput;
  return {
    text,
    tools: called,
    ...(usage === undefined ? {} : { usage: [usage.inputTokens, usage.outputTokens] as const }),
  };
}
