// Tests of the gateway over real connections, with the clients that teams use.
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import { script, type ScriptParts } from '../llm/script.ts';
import { say } from '../llm/answer-draft.ts';
import { scriptSetup } from './script-setup.ts';
import { startGateway, type Gateway, type GatewayParts } from './gateway.ts';

let open: Gateway[] = [];
afterEach(async () => {
  await Promise.all(open.map((gateway) => gateway.close()));
  open = [];
});

async function gatewayWith(
  agents: ScriptParts['agents'] = { unattributed: [say('first'), say('second')] },
  more: GatewayParts = {},
): Promise<Gateway> {
  const gateway = await startGateway({ setup: { model: script({ agents }) }, ...more });
  open.push(gateway);
  return gateway;
}

function clientOf(gateway: Gateway, run?: string): OpenAI {
  return new OpenAI({ baseURL: gateway.urls(run).openai, apiKey: 'any' });
}

async function ask(client: OpenAI, content = 'hello'): Promise<string | null | undefined> {
  const reply = await client.chat.completions.create({
    model: 'gpt-4o',
    messages: [{ role: 'user', content }],
  });
  return reply.choices[0]?.message.content;
}

const kindsOf = (gateway: Gateway, run?: string): readonly string[] =>
  gateway
    .run(run)
    .trace()
    .events.map((event) => event.kind);

describe('the gateway', () => {
  it('answers a real client from the script, turn by turn', async () => {
    const gateway = await gatewayWith();
    const client = clientOf(gateway);
    expect([await ask(client), await ask(client)]).toEqual(['first', 'second']);
    expect(kindsOf(gateway)).toEqual(['model.called', 'model.answered', 'model.called', 'model.answered']);
  });

  it('streams', async () => {
    const gateway = await gatewayWith();
    const stream = await clientOf(gateway).chat.completions.create({
      model: 'gpt-4o',
      stream: true,
      messages: [{ role: 'user', content: 'hello' }],
    });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toBe('first');
  });

  it('speaks to the clients of Anthropic and Gemini as their providers do', async () => {
    const gateway = await gatewayWith({ unattributed: () => say('well met') });
    const { anthropic: baseURL, gemini } = gateway.urls();
    const anthropic = new Anthropic({ baseURL, apiKey: 'any' });
    const message = { model: 'claude', max_tokens: 99, messages: [{ role: 'user', content: 'hi' }] } as const;
    const reply = await anthropic.messages.create({ ...message, messages: [...message.messages] });
    expect(reply.content).toMatchObject([{ type: 'text', text: 'well met' }]);
    const streamed = anthropic.messages.stream({ ...message, messages: [...message.messages] });
    expect(await streamed.finalText()).toBe('well met');
    const httpOptions = { baseUrl: gemini.replace('/v1beta', '') };
    const google = new GoogleGenAI({ apiKey: 'any', httpOptions });
    const answer = await google.models.generateContent({ model: 'gemini-2.5-pro', contents: 'hi' });
    expect(answer.text).toBe('well met');
  });

  it('refuses in the words of the provider whose client it is', async () => {
    const gateway = await gatewayWith({ critic: () => say('no') });
    const { anthropic: baseURL, openai } = gateway.urls();
    const anthropic = new Anthropic({ baseURL, apiKey: 'any' });
    const message = { model: 'claude', max_tokens: 9, messages: [{ role: 'user' as const, content: 'hi' }] };
    await expect(anthropic.messages.create(message)).rejects.toMatchObject({
      status: 404,
      error: { type: 'error', error: { message: expect.stringContaining('SCRIPT_UNKNOWN_AGENT') as string } },
    });
    await expect(ask(new OpenAI({ baseURL: `${openai}/nowhere`, apiKey: 'any' }))).rejects.toMatchObject({
      status: 404,
      code: 'GATEWAY_UNSERVED',
    });
  });

  it('knows the conversation that a request continues', async () => {
    const entries = [
      { match: { body: 'My name is Ada' }, replies: ['Hello Ada.', 'Ada, you said.'] },
      { match: {}, replies: ['Who are you?'] },
    ];
    const gateway = await gatewayWith({}, { setup: scriptSetup({ entries }, 'script') });
    const client = clientOf(gateway);
    const first = await client.responses.create({ model: 'gpt-4o', input: 'My name is Ada.' });
    const previous_response_id = first.id;
    const input = 'What is my name?';
    const second = await client.responses.create({ model: 'gpt-4o', previous_response_id, input });
    expect([first.output_text, second.output_text]).toEqual(['Hello Ada.', 'Ada, you said.']);
    const stranger = await client.responses.create({ model: 'gpt-4o', input });
    expect(stranger.output_text).toBe('Who are you?');
  });

  it('keeps runs apart, by path and by header', async () => {
    const gateway = await gatewayWith();
    const byHeader = new OpenAI({
      baseURL: gateway.urls().openai,
      apiKey: 'any',
      defaultHeaders: { 'x-muster-run': 'b' },
    });
    expect(await ask(clientOf(gateway, 'a'))).toBe('first');
    expect(await ask(byHeader)).toBe('first');
    expect(await ask(clientOf(gateway, 'a'))).toBe('second');
    expect(kindsOf(gateway, 'b')).toHaveLength(2);
  });
});
