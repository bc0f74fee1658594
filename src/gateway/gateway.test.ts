// Tests of the gateway over real connections, with the clients that teams use.
import OpenAI from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import { script, type ScriptParts } from '../llm/script.ts';
import { say } from '../llm/answer-draft.ts';
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
