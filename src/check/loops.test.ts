// Loops are found with their agents, start and period, and what only looks like one is left alone.
import { describe, expect, it } from 'vitest';
import type { Loop } from '../loop/loop.ts';
import { faultyLoops } from './loops.ts';
import { answer, hand, next, times, use } from './testing/loop-story.test-support.ts';
import { healthyTrace } from './testing/prove.test-support.ts';
import { tell, tellOutside, type Story } from './testing/trace-story.test-support.ts';

const loopsIn = (...story: Story) => faultyLoops(tellOutside(story));

const figures = ({ kind, agents, firstSeq, lastSeq, period, repetitions, tokens }: Loop) => ({
  kind,
  agents,
  firstSeq,
  lastSeq,
  period,
  repetitions,
  tokens,
});

describe('a loop is', () => {
  it('the same tool call with the same result, three times, with other calls between', () => {
    const round = (): Story => [
      ...answer('a', next()),
      ...use('a', 'x', 'none'),
      ...use('a', next(), 'other'),
    ];
    expect(loopsIn(...times(3, round)).map(figures)).toEqual([
      {
        kind: 'retry',
        agents: ['a'],
        firstSeq: 3,
        lastSeq: 15,
        period: 3,
        repetitions: 3,
        tokens: 20,
      },
    ]);
  });

  it('the same answer three times in one assignment', () => {
    expect(loopsIn(...times(3, () => answer('a', 'I will try again', 'a1'))).map(figures)).toEqual([
      {
        kind: 'repeat',
        agents: ['a'],
        firstSeq: 2,
        lastSeq: 6,
        period: 1,
        repetitions: 3,
        tokens: 20,
      },
    ]);
  });

  it('three rounds of two agents that hand the same things to each other', () => {
    const round = (): Story => [
      hand('a', 'b', { draft: 1 }),
      ...answer('b', next()),
      hand('b', 'a', { review: 'no' }),
      ...answer('a', next()),
    ];
    expect(loopsIn(...times(4, round)).map(figures)).toEqual([
      {
        kind: 'exchange',
        agents: ['a', 'b'],
        firstSeq: 1,
        lastSeq: 22,
        period: 4,
        repetitions: 4,
        tokens: 60,
      },
    ]);
  });
});

describe('no loop is', () => {
  it('a healthy run', () => expect(faultyLoops(healthyTrace)).toEqual([]));

  it('a walk over a list: the arguments change', () =>
    expect(loopsIn(...['x', 'y', 'z', 'w'].flatMap((query) => use('a', query, 'none')))).toEqual([]));

  it('a wait for something: the results change', () =>
    expect(loopsIn(...['10 %', '50 %', 'done'].flatMap((result) => use('a', 'x', result)))).toEqual([]));

  it('two repetitions', () =>
    expect(loopsIn(...times(2, () => use('a', 'x', 'none')), ...times(2, () => answer('a', 'no')))).toEqual(
      [],
    ));

  it('the second and third try of one call', () =>
    expect(
      loopsIn(...use('a', 'x', 'none'), ...use('a', 'x', 'none', 2), ...use('a', 'x', 'none', 3)),
    ).toEqual([]));

  it('the same call of three agents', () =>
    expect(loopsIn(...['a', 'b', 'c'].flatMap((agent) => use(agent, 'x', 'none')))).toEqual([]));

  it('the same verdict on three pieces of work', () =>
    expect(loopsIn(...['a1', 'a2', 'a3'].flatMap((assignment) => answer('a', 'fine', assignment)))).toEqual(
      [],
    ));

  it('an exchange that makes progress', () =>
    expect(
      loopsIn(
        ...[1, 2, 3, 4].flatMap((draft) => [hand('a', 'b', { draft }), hand('b', 'a', { review: draft })]),
      ),
    ).toEqual([]));

  it('one agent that hands the same to another again and again', () =>
    expect(loopsIn(...times(6, () => [hand('a', 'b', { draft: 1 })]))).toEqual([]));

  it('one handoff that is delivered again and again', () => {
    const once = [hand('a', 'b', {}), hand('b', 'a', {})];
    expect(faultyLoops(tell([...once, ...once, ...once, ...once]))).toEqual([]);
  });
});
