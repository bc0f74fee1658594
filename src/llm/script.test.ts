// Tests of the script: steps by turn, short forms, failures, and what an author did wrong.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../base/random.ts';
import type { Answer } from '../team/ask.ts';
import { refuse, say, useTool, useTools } from './answer-draft.ts';
import { asking } from './asking.test-support.ts';
import { FailedCall } from './failed-call.ts';
import { failWith, script, type ScriptParts } from './script.ts';

const random = createRandom(1);
const answer = (parts: ScriptParts, turn = 1, attempt = 1) =>
  script(parts).answer(asking({ turn, attempt }), random);

describe('a script', () => {
  const steps = { agents: { writer: [say('one'), useTool('look', { at: 1 }), say({ b: 2, a: 1 })] } };

  it('answers each turn with its step, whatever the attempt', () => {
    expect(answer(steps)).toMatchObject({ content: 'one', toolCalls: [], finishReason: 'stop' });
    expect(answer(steps, 2)).toMatchObject({
      content: '',
      finishReason: 'toolCalls',
      toolCalls: [{ name: 'look' }],
    });
    expect(answer(steps, 2, 5)).toEqual(answer(steps, 2));
    expect(answer(steps, 3)).toMatchObject({ content: '{"a":1,"b":2}' });
  });

  it('repeats its last step, or fails where that was asked for', () => {
    expect(answer(steps, 9)).toEqual(answer(steps, 3));
    expect(() => answer({ ...steps, afterLast: 'fail' }, 9)).toThrow(
      /\[SCRIPT_ENDED\] at agents\.writer.*3 steps.*turn 9/s,
    );
  });

  it('estimates usage from the lengths of the texts, the same each time', () => {
    const short = answer({ agents: { writer: [say('x')] } });
    const long = answer({ agents: { writer: [say('x'.repeat(400))] } });
    expect(short).toEqual(answer({ agents: { writer: [say('x')] } }));
    expect(long).toMatchObject({ usage: { outputTokens: 100 } });
    expect(
      answer({ agents: { writer: [{ ...say('x'), usage: { inputTokens: 1, outputTokens: 2 } }] } }),
    ).toMatchObject({
      usage: { inputTokens: 1, outputTokens: 2 },
    });
  });

  it('gives parallel tool calls ids of their own, the same for a retry', () => {
    const both = { agents: { writer: [useTools(['a', {}], ['a', {}])] } };
    const one = answer(both);
    expect(one).toEqual(answer(both, 1, 2));
    expect(new Set((one as Answer).toolCalls.map((call) => call.id)).size).toBe(2);
  });

  it('draws from the stream of the call where a function answers', () => {
    const drawn = script({ agents: { writer: (_ask, stream) => say(String(stream.next())) } });
    expect(drawn.answer(asking(), createRandom(5))).toEqual(drawn.answer(asking(), createRandom(5)));
    expect(drawn.answer(asking(), createRandom(5))).not.toEqual(drawn.answer(asking(), createRandom(6)));
  });

  it('refuses, and fails as a provider does', () => {
    expect(answer({ agents: { writer: [refuse('no')] } })).toMatchObject({ refusal: 'no', content: '' });
    const failure = { reason: 'rateLimited', message: 'slow down', retryable: true } as const;
    expect(() => answer({ agents: { writer: [failWith(failure)] } })).toThrow(FailedCall);
  });

  it('names the agent that it has no script for, and those it has', () => {
    expect(() => script(steps).answer(asking({ agent: 'critic' }), random)).toThrow(
      /\[SCRIPT_UNKNOWN_AGENT\].*writer.*"critic"/s,
    );
  });
});
