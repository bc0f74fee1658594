// Marked rounds: the strictest likeness in which they come back, several rounds as one, and marks that say nothing.
import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../trace/event.ts';
import { roundOf, timesAround } from './marked-round.ts';

/** Each word is a step: an agent says it. */
function trace(...words: readonly string[]): { readonly events: readonly TraceEvent[] } {
  const events = words.map((word, at): TraceEvent => {
    const [agent = '', content = ''] = word.split(':');
    const usage = { inputTokens: 1, outputTokens: 1 };
    const stamp = { seq: at + 1, atMs: at, cause: 0 };
    const answer = { call: `c${at}`, agent, content, toolCalls: [], finishReason: 'stop', usage } as const;
    return { kind: 'model.answered', ...answer, ...stamp };
  });
  return { events };
}

const exact = trace('a:start', 'b:draft', 'c:no', 'b:draft', 'c:no', 'a:end');
const reworded = trace('a:start', 'b:draft one', 'c:no', 'b:draft two', 'c:never', 'b:draft three', 'c:nay');

describe('a marked round', () => {
  it('comes back as the same deeds, where it does', () => {
    const round = roundOf(exact, { firstStep: 2, lastStep: 3 });
    expect(round).toMatchObject({ alike: 'the same deeds', agents: ['b', 'c'], times: 2 });
    expect(timesAround(trace('b:draft', 'c:yes', 'b:other', 'c:no'), exact, round)).toBe(0);
    expect(timesAround(trace('b:draft', 'c:no', 'a:end'), exact, round)).toBe(1);
  });

  it('comes back as the same agents, tools and handoffs where the deeds are always others', () => {
    const round = roundOf(reworded, { firstStep: 2, lastStep: 3 });
    expect(round).toMatchObject({ alike: 'the same agents, tools and handoffs', times: 3 });
    expect(timesAround(trace('b:x', 'c:y', 'a:z', 'b:p', 'c:q'), reworded, round)).toBe(2);
    expect(timesAround(trace('b:x', 'c:y', 'a:z'), reworded, round)).toBe(1);
  });

  it.for([
    ['some rounds, the last cut off', { firstStep: 2, lastStep: 6 }],
    ['all of them', { firstStep: 2, lastStep: 7 }],
    ['one', { firstStep: 2, lastStep: 3 }],
  ] as const)('is the same one where %s are marked', ([, mark]) => {
    expect(roundOf(reworded, mark)).toMatchObject({ firstStep: 2, lastStep: 3, times: 3 });
  });

  it('of one step that comes back at once is counted step by step', () => {
    expect(roundOf(trace('a:x', 'a:x', 'a:x'), { firstStep: 1, lastStep: 1 }).times).toBe(3);
  });

  it('that never comes back is refused, and one in which nobody does anything', () => {
    expect(() => roundOf(exact, { firstStep: 1, lastStep: 2 })).toThrow(/MARK_ONCE\] at steps 1-2/);
    expect(() => roundOf(exact, { firstStep: 7, lastStep: 9 })).toThrow(/MARK_EMPTY.*[\s\S]*steps up to 6/);
  });
});
