// Message threads: later turns of Anthropic's newer client send only what is new, and find their conversation all the same.
import Anthropic from 'anthropic-v1';
import { describe, expect, it } from 'vitest';
import type { Ask } from '../team/ask.ts';
import { say, useTool } from '../llm/answer-draft.ts';
import type { AgentScript } from '../llm/script.ts';
import { runPlan, solo } from './solo-team.test-support.ts';

const weather = {
  name: 'weather',
  description: 'Weather of a city',
  input_schema: { type: 'object' as const, properties: { city: { type: 'string' } } },
};

async function asksOf(
  use: (client: Anthropic) => Promise<unknown>,
  answers: AgentScript,
): Promise<readonly Ask[]> {
  const asks: Ask[] = [];
  const writer: AgentScript = (ask, random) => {
    asks.push(ask);
    const step = typeof answers === 'function' ? answers : answers[ask.turn - 1]!;
    return typeof step === 'function' ? step(ask, random) : step;
  };
  const run = async (): Promise<unknown> => use(new Anthropic({ apiKey: 'offline', authToken: null }));
  const trace = await solo({ run, writer, more: { attribution: [{ agent: 'writer', model: /./ }] } }).run(
    runPlan(),
  );
  expect(trace.events.find(({ kind }) => kind === 'mission.ended')).toMatchObject({ end: 'done' });
  return asks;
}

describe('a message thread', () => {
  it('is asked as the whole conversation, with its instructions and tools, though only the news travel', async () => {
    const asks = await asksOf(
      async (client) => {
        const thread = client.beta.messages.thread({
          model: 'claude-opus-5',
          max_tokens: 1024,
          system: 'You are the writer.',
          tools: [weather],
        });
        const first = await thread.send({ role: 'user', content: 'Weather in Oslo?' });
        const [call] = first.content;
        if (call?.type !== 'tool_use') throw new Error('no tool call');
        const result = { type: 'tool_result' as const, tool_use_id: call.id, content: 'rain' };
        const second = await thread.send({ role: 'user', content: [result] });
        return { text: second.content };
      },
      [useTool('weather', { city: 'Oslo' }), say('It rains.')],
    );
    expect(asks).toHaveLength(2);
    const { messages, tools, turn } = asks[1]!;
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool']);
    expect(messages.at(-1)).toMatchObject({ name: 'weather', content: 'rain' });
    expect(tools.map(({ name }) => name)).toEqual(['weather']);
    expect(turn).toBe(2);
  });

  it('that nobody knows is refused in the provider’s words', async () => {
    const run = async (): Promise<unknown> => {
      const client = new Anthropic({ apiKey: 'offline', maxRetries: 0 });
      const thread = { type: 'continue' as const, previous_message_id: 'msg_nobody' };
      const call = client.beta.messages.create({
        model: 'claude-opus-5',
        max_tokens: 9,
        messages: [{ role: 'user', content: 'x' }],
        thread,
      });
      return call.then(
        () => ({ said: 'answered' }),
        (error: unknown) => ({ said: String(error) }),
      );
    };
    const trace = await solo({ run, writer: [say('never')] }).run(runPlan());
    expect(trace.result?.['said']).toContain('msg_nobody');
  });
});
