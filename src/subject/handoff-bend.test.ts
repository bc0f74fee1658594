// Tests of handoffs in answers: each fault of a handoff shows in what the model asks for, on its edge and on no other.
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import type { Injection } from '../chaos/plan.ts';
import { useTools } from '../llm/answer-draft.ts';
import { script } from '../llm/script.ts';
import type { Trace } from '../trace/trace.ts';
import { httpFunction } from './http-function.ts';
import { lastedMs, runPlan } from './solo-team.test-support.ts';

const tool = (name: string): OpenAI.ChatCompletionTool => ({
  type: 'function',
  function: { name, parameters: { type: 'object', properties: {} } },
});

/** A boss who hands over to Ann, to Bob, or looks something up, all in one answer; the team tells what was asked for. */
const team = httpFunction({
  name: 'trio',
  agents: ['Boss', 'Ann', 'Bob'],
  attribution: [{ agent: 'Boss' }],
  handoffs: [
    'transferTools',
    { tool: 'delegate', toArgument: 'coworker' },
    { router: 'Boss', member: 'next' },
  ],
  run: async (_mission, { apiKey }) => {
    const { choices } = await new OpenAI({ apiKey }).chat.completions.create({
      model: 'm',
      messages: [{ role: 'user', content: 'Go on.' }],
      tools: ['transfer_to_ann', 'transfer_to_bob', 'delegate', 'look_up'].map(tool),
    });
    const calls = choices[0]?.message.tool_calls ?? [];
    const wanted = calls.map((call) =>
      call.type === 'function' ? `${call.function.name} ${call.function.arguments}` : '',
    );
    return { wanted, finish: choices[0]?.finish_reason };
  },
  doubles: {
    model: script({
      agents: {
        Boss: [
          useTools(
            ['transfer_to_ann', { note: 'hi' }],
            ['delegate', { coworker: 'bob', task: 't' }],
            ['look_up', {}],
          ),
        ],
      },
    }),
    tools: {},
    human: () => null,
    pace: { modelMs: [100, 100], toolMs: [1, 1], handoffMs: [1, 1] },
  },
});

const ann = 'transfer_to_ann {"note":"hi"}';
const bob = 'delegate {"coworker":"bob","task":"t"}';
const lookUp = 'look_up {}';

async function run(fault: Injection['fault'], edge = 'Boss->Ann'): Promise<Trace> {
  return team.run(runPlan([{ fault, trigger: { kind: 'always' }, scope: { edges: [edge] } }]));
}

function witnessed({ events }: Trace): readonly string[] {
  return events.flatMap((event) => (event.kind === 'fault.witnessed' ? [event.crossing] : []));
}

describe('a transfer in an answer', () => {
  it('is left alone where chaos has nothing to do with its edge', async () => {
    const trace = await run({ kind: 'handoff.drop' }, 'Boss->Eve');
    expect(trace.result).toEqual({ wanted: [ann, bob, lookUp], finish: 'tool_calls' });
    expect(witnessed(trace)).toEqual([]);
  });

  it.each<[string, Injection['fault'], string, readonly string[]]>([
    ['is lost', { kind: 'handoff.drop' }, 'Boss->Ann', [bob, lookUp]],
    ['fails', { kind: 'handoff.error' }, 'Boss->Bob', [ann, lookUp]],
    ['is doubled', { kind: 'handoff.duplicate', copies: 1 }, 'Boss->Ann', [ann, ann, bob, lookUp]],
    [
      'goes to another agent, by its tool',
      { kind: 'handoff.misroute', to: 'other' },
      'Boss->Ann',
      ['transfer_to_bob {"note":"hi"}', bob, lookUp],
    ],
    [
      'goes to another agent, by an argument',
      { kind: 'handoff.misroute', to: 'other' },
      'Boss->Bob',
      [ann, 'delegate {"coworker":"Ann","task":"t"}', lookUp],
    ],
    [
      'goes to nobody',
      { kind: 'handoff.misroute', to: 'ghost', ghost: 'eve' },
      'Boss->Ann',
      ['transfer_to_eve {"note":"hi"}', bob, lookUp],
    ],
  ])('%s', async (_what, fault, edge, wanted) => {
    const trace = await run(fault, edge);
    expect(trace.result).toEqual({ wanted, finish: 'tool_calls' });
    expect(witnessed(trace)).toEqual([expect.stringContaining(`/Boss/${edge}#`)]);
  });

  it('comes late, and the answer with it', async () => {
    const trace = await run({ kind: 'handoff.delay', ms: 5_000 });
    expect(trace.result).toMatchObject({ wanted: [ann, bob, lookUp] });
    expect(lastedMs(trace)).toBe(5_100);
  });

  it('is sent in the trace as the team was told to send it', async () => {
    const { events } = await run({ kind: 'handoff.misroute', to: 'other' });
    const sent = events.flatMap((event) => (event.kind === 'handoff.sent' ? [event.to] : []));
    expect(sent).toEqual(['Bob']);
  });
});
