// Playback: recorded answers by agent and turn, and every other ask told as a divergence.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../base/random.ts';
import type { Ask, Message } from '../../team/ask.ts';
import { FailedCall } from '../failed-call.ts';
import { playback } from './playback.ts';
import { createDigester, type Cassette } from './recording.ts';

const user = (content: string): Message => ({ role: 'user', content });
const system = (content: string): Message => ({ role: 'system', content });

function ask(agent: string, turn: number, messages: readonly Message[]): Ask {
  return { agent, model: 'm', messages, tools: [], turn, attempt: 1, key: `${agent}/${turn}` };
}

function taped(asks: readonly Ask[]): Cassette {
  const digestOf = createDigester('secrets');
  const recordings = asks.map((one) => ({
    agent: one.agent,
    turn: one.turn,
    attempt: one.attempt,
    ...digestOf(one),
    outcome: {
      kind: 'answer' as const,
      answer: {
        content: `${one.agent} ${one.turn}`,
        toolCalls: [],
        finishReason: 'stop' as const,
        usage: { inputTokens: 1, outputTokens: 1 },
      },
    },
  }));
  return { schemaVersion: 1, team: 'desk', redaction: 'secrets', recordings };
}

const recorded = [
  ask('writer', 1, [system('Write.'), user('A line.')]),
  ask('writer', 2, [system('Write.'), user('A line.'), user('Again.')]),
  ask('critic', 1, []),
];

async function played(
  asks: readonly Ask[],
): Promise<{ readonly answers: string[]; readonly told: readonly string[] }> {
  const double = playback({ cassette: taped(recorded) });
  const answers: string[] = [];
  for (const one of asks) answers.push((await double.answer(one, createRandom(1, 'test'))).content);
  return { answers, told: asks.flatMap((one) => double.divergence?.(one) ?? []) };
}

describe('a playback', () => {
  it('tells where a system prompt parts from the recorded one, if the cassette holds that', () => {
    const cassette = taped(recorded);
    const digest = cassette.recordings[0]?.ask.system ?? '';
    const asked = ask('writer', 1, [system('Write well.'), user('A line.')]);
    const told = (prompts: Record<string, string>) =>
      playback({ cassette: { ...cassette, prompts } }).divergence?.(asked);
    expect(told({})).toBe('another system prompt');
    expect(told({ [digest]: 'Write.' })).toBe(
      'another system prompt: recorded "Write.", asked "Write well."',
    );
  });

  it('gives each agent its answers in order and tells nothing where the asks are the recorded ones', async () => {
    expect(await played([recorded[2]!, recorded[0]!, recorded[1]!])).toEqual({
      answers: ['critic 1', 'writer 1', 'writer 2'],
      told: [],
    });
  });

  it.for([
    ['another message', [system('Write.'), user('A verse.')], /^message 1: recorded .*line.*asked .*verse/],
    ['another system prompt', [system('Sing.'), user('A line.')], /another system prompt/],
    [
      'a message more',
      [system('Write.'), user('A line.'), user('Now.')],
      /message 2: recorded "\(none\)", asked .*Now/,
    ],
  ] as const)('tells %s: what differs', async ([, messages, what]) => {
    const { answers, told } = await played([ask('writer', 1, messages)]);
    expect(answers).toEqual(['writer 1']);
    expect(told).toEqual([expect.stringMatching(what)]);
  });

  it('does not call it a divergence where nobody knows what was asked', async () => {
    expect((await played([ask('critic', 1, [user('Anything.')])])).told).toEqual([]);
  });

  it('fails beyond the last recorded turn, and says so', () => {
    const double = playback({ cassette: taped(recorded) });
    const one = ask('writer', 3, [user('More.')]);
    expect(() => double.answer(one, createRandom(1, 'test'))).toThrow(FailedCall);
    expect(double.divergence?.(one)).toContain('turn 3 is asked for, and 2 were recorded');
  });

  it('is no playback for an agent of another name: that is a mistake, and no failed call', () => {
    const double = playback({ cassette: taped(recorded) });
    const one = ask('poet', 1, [user('More.')]);
    const why = "nothing is recorded of this agent; recorded are 'writer', 'critic'";
    expect(() => double.answer(one, createRandom(1, 'test'))).toThrow(
      `[PLAYBACK_UNKNOWN_AGENT] at agent 'poet': ${why}`,
    );
    expect(double.divergence?.(one)).toBe(why);
  });
});
