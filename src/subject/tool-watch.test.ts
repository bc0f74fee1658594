// Tests of the tool watch: tools used inside the process are told, once each, in order, and not where a route tells them.
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { say, useTool, useTools } from '../llm/answer-draft.ts';
import { script } from '../llm/script.ts';
import { httpFunction, type HttpFunctionParts } from './http-function.ts';
import { runPlan } from './solo-team.test-support.ts';

/** An agent that looks two things up, then hands over; the team runs its tools itself and answers with their names. */
async function told(more: Partial<HttpFunctionParts> = {}): Promise<readonly string[]> {
  const team = httpFunction({
    name: 'clerk',
    agents: ['clerk'],
    handoffs: 'transferTools',
    run: async (_mission, { apiKey }) => work(new OpenAI({ apiKey })),
    doubles: {
      model: script({
        agents: {
          clerk: [
            useTools(['look_up', { of: 1 }], ['look_up', { of: 2 }]),
            useTool('transfer_to_boss', {}),
            say('done'),
          ],
        },
      }),
      tools: { look_up: () => 'from the route' },
      human: () => null,
      pace: { modelMs: [1, 1], toolMs: [1, 1], handoffMs: [1, 1] },
    },
    ...more,
  });
  const { events } = await team.run(runPlan());
  return events.flatMap((event) => {
    if (event.kind === 'tool.called')
      return [`${event.agent} uses ${event.tool} ${JSON.stringify(event.arguments)}`];
    if (event.kind === 'tool.returned') return [`${event.tool} returns ${JSON.stringify(event.result)}`];
    return event.kind === 'model.called' ? [`turn ${event.turn}`] : [];
  });
}

async function work(client: OpenAI): Promise<void> {
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Go on.' }];
  for (;;) {
    const { choices } = await client.chat.completions.create({ model: 'm', messages });
    const { message } = choices[0]!;
    messages.push(message);
    if (message.tool_calls === undefined) return;
    for (const call of message.tool_calls)
      if (call.type === 'function')
        messages.push({
          role: 'tool',
          tool_call_id: call.id,
          content: `result of ${call.function.arguments}`,
        });
  }
}

describe('tools inside the process', () => {
  it('are told when they are asked for and when their result comes back; transfers are handoffs', async () => {
    expect(await told()).toEqual([
      'turn 1',
      'clerk uses look_up {"of":1}',
      'clerk uses look_up {"of":2}',
      'look_up returns "result of {\\"of\\":1}"',
      'look_up returns "result of {\\"of\\":2}"',
      'turn 2',
      'turn 3',
    ]);
  });

  it('are left to their route where they have one', async () => {
    const url = 'https://tools.example.com/look_up';
    const routes = [{ kind: 'tool', tool: 'look_up', method: 'POST', url } as const];
    expect(await told({ routes })).toEqual(['turn 1', 'turn 2', 'turn 3']);
  });
});
