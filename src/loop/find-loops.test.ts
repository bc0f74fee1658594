// Every kind of loop is found with its agents, start and period; what only looks like one is left alone.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../base/random.ts';
import { answer, hand, next, reject, times, use } from '../check/testing/loop-story.test-support.ts';
import { tellOutside, type Story } from '../check/testing/trace-story.test-support.ts';
import { findLoops } from './find-loops.ts';
import { isFault, type Loop } from './loop.ts';
import { createLoopWatch } from './loop-watch.ts';

const eventsOf = (story: Story) => tellOutside(story).events;
const faultsIn = (story: Story): readonly Loop[] => findLoops(eventsOf(story)).filter(isFault);
const kindsIn = (story: Story): readonly string[] => findLoops(eventsOf(story)).map(({ kind }) => kind);

const words = [
  'amber',
  'birch',
  'cobalt',
  'dune',
  'ember',
  'fjord',
  'grove',
  'heron',
  'inlet',
  'jade',
  'kelp',
];
/** A sentence that shares few words with the others. */
const fresh = (seed: number): string => {
  const random = createRandom(seed);
  return Array.from(
    { length: 12 },
    () => `${words[random.integer(0, words.length - 1)]}${random.integer(0, 99)}`,
  ).join(' ');
};
const clean = (count: number, seed = 1): Story => times(count, (at) => answer('a', fresh(seed * 1000 + at)));
const askAgain = (round: number): string =>
  `please look up the opening hours of the town library for next monday${[' again', ' once more', ' now', ' please', ' today'][round]}`;

interface Case {
  readonly kind: Loop['kind'];
  readonly planted: () => Story;
  /** The figures of the loop, which begins after 4 clean steps. */
  readonly figures: {
    readonly agents: readonly string[];
    readonly period: number;
    readonly repetitions: number;
  };
  readonly twin: readonly [why: string, story: () => Story];
}

const cases: readonly Case[] = [
  {
    kind: 'repeat',
    planted: () => times(3, () => use('a', 'x', 'none')),
    figures: { agents: ['a'], period: 1, repetitions: 3 },
    twin: [
      'polling that sees the status change',
      () => times(4, (round) => use('a', 'x', ['queued', 'running', 'almost there', 'done'][round] ?? '')),
    ],
  },
  {
    kind: 'retry',
    planted: () =>
      times(3, (round) => [...use('a', 'x', 'none'), ...use('a', fresh(round), fresh(9 + round))]),
    figures: { agents: ['a'], period: 2, repetitions: 3 },
    twin: [
      'two tries',
      () => times(2, (round) => [...use('a', 'x', 'none'), ...use('a', fresh(round), 'y')]),
    ],
  },
  {
    kind: 'exchange',
    planted: () =>
      times(3, () => [
        hand('a', 'b', { draft: 1 }),
        ...answer('b', 'please change the tone'),
        hand('b', 'a', { review: 'no' }),
      ]),
    figures: { agents: ['a', 'b'], period: 3, repetitions: 3 },
    twin: [
      'drafts that get on',
      () => times(4, (draft) => [hand('a', 'b', { draft }), hand('b', 'a', { review: fresh(draft) })]),
    ],
  },
  {
    kind: 'rework',
    planted: () => times(3, () => [...answer('a', 'my work, as it was'), ...reject('a')]),
    figures: { agents: ['a'], period: 1, repetitions: 3 },
    twin: [
      'rejected work that comes back changed',
      () => times(4, (round) => [...answer('a', fresh(round)), ...reject('a')]),
    ],
  },
  {
    kind: 'waitingRing',
    planted: () =>
      times(3, () => [hand('a', 'b', { go: 1 }), hand('b', 'c', { go: 1 }), hand('c', 'a', { go: 1 })]),
    figures: { agents: ['a', 'b', 'c'], period: 3, repetitions: 3 },
    twin: [
      'handing on without coming back',
      () => times(3, () => [hand('a', 'b', { go: 1 }), hand('b', 'c', { go: 1 })]),
    ],
  },
  {
    kind: 'rewording',
    planted: () => times(5, (round) => answer('a', askAgain(round))),
    figures: { agents: ['a'], period: 1, repetitions: 5 },
    twin: [
      'new things said in the same frame',
      () => times(5, (round) => answer('a', `please look up ${fresh(round)}`)),
    ],
  },
];

describe('a loop is told with its kind, agents, start and period:', () => {
  it.each(cases)('$kind', ({ kind, planted, figures }) => {
    const found = faultsIn([...clean(4), ...planted(), ...clean(3, 2)]);
    expect(found).toMatchObject([{ kind, firstStep: 5, ...figures }]);
  });

  it.each(cases)('$kind is left alone in its healthy twin', ({ twin: [, story] }) => {
    expect(faultsIn([...clean(4), ...story(), ...clean(3, 2)])).toEqual([]);
  });

  it('restart, when a long beginning is gone through anew', () => {
    const run = (): Story => times(8, (at) => answer('a', fresh(at)));
    expect(faultsIn([...run(), ...clean(2, 5), ...run()])).toMatchObject([
      { kind: 'restart', firstStep: 1, period: 10, repetitions: 2 },
    ]);
    expect(faultsIn([...run(), ...clean(2, 5), ...run().slice(0, 6)])).toEqual([]);
  });

  it('iteration, which is no fault: a list is gone through, pages are turned', () => {
    const pages = times(6, (page) => use('a', `page ${page}`, fresh(page)));
    expect(kindsIn(pages)).toEqual(['iteration']);
    expect(faultsIn(pages)).toEqual([]);
  });
});

describe('noise does not hide a loop, nor make one:', () => {
  it('iteration in plain words: the same said of one thing after the other, each of them new', () => {
    const towns = ['bali', 'barcelona', 'kyoto', 'lisbon', 'oslo', 'quito'];
    const packed = (town: string): string =>
      `please pack the folder of ${town} and keep the archive beside ${town}`;
    const list = times(6, (at) => answer('a', packed(towns[at]!)));
    expect(kindsIn(list)).toEqual(['iteration']);
    // Two towns by turns are no list: neither is new.
    const turns = times(8, (at) => answer('a', packed(towns[at % 2]!)));
    expect(faultsIn(turns)).not.toEqual([]);
  });

  it('ids and moments in the results of the same call', () => {
    const round = (at: number): Story =>
      use(
        'a',
        'x',
        `request 7f3a9c${at}d-1111-2222-3333-44445555666${at} at 2026-01-0${at + 1}T10:00:00Z: not found`,
      );
    expect(faultsIn(times(4, round))).toMatchObject([
      { kind: 'repeat', firstStep: 1, period: 1, repetitions: 4 },
    ]);
  });

  it('parallel siblings of one answer are one deed', () => {
    const turn = (at: number): Story => {
      const [called, answered] = answer('a', fresh(at));
      const toolCalls = [1, 2, 3].map((n) => ({
        id: `${at}-${n}`,
        name: 'search',
        arguments: { query: 'x' },
      }));
      const asking = [called!, answered!].map((event) =>
        event.kind === 'model.answered' ? { ...event, toolCalls } : event,
      );
      return [...asking, ...times(3, () => use('a', 'x', 'none'))];
    };
    expect(faultsIn(turn(1))).toEqual([]);
    expect(faultsIn(times(3, turn))).toMatchObject([{ repetitions: 3 }]);
  });

  it('a log that prints everything three times', () => {
    const printed = (at: number): Story => {
      const line = answer('a', fresh(at)).map((event) =>
        event.kind === 'model.answered' ? { ...event, usageUnknown: true as const } : event,
      );
      return times(3, () => line.map((event) => ({ ...event, call: next() }) as Story[number]));
    };
    expect(faultsIn(times(6, printed))).toEqual([]);
  });

  it('the tries of one call, however often it fails', () =>
    expect(faultsIn(times(4, (round) => use('a', 'x', 'none', round + 1)))).toEqual([]));

  it('no loop of a long trace is forgotten, however many there were', () => {
    const count = 400;
    const story = times(count, (at) => [
      ...times(4, () => use('a', `file ${at}`, 'no such file')),
      ...times(40, (place) => answer('b', fresh(at * 100 + place))),
    ]);
    expect(faultsIn(story)).toHaveLength(count);
  });

  it('a long trace without a loop', () => expect(faultsIn(clean(300))).toEqual([]));
});

describe('a call that failed', () => {
  it('and that an answer asks for anew each time is a loop, although it is a further try', () => {
    const asked = (round: number): Story => [
      ...answer('a', '').map((event) =>
        event.kind === 'model.answered'
          ? { ...event, toolCalls: [{ id: 'call', name: 'search', arguments: { query: 'x' } }] }
          : event,
      ),
      ...use('a', 'x', 'none', round + 1),
    ];
    expect(faultsIn(times(4, asked))).toMatchObject([{ tools: ['search'], period: 2, repetitions: 4 }]);
  });
});

describe('on line', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'a block spliced in at random is found exactly, and in time (seed %i)',
    (seed) => {
      const random = createRandom(seed);
      const [before, length, rounds] = [random.integer(0, 30), random.integer(1, 6), random.integer(3, 6)];
      const block = times(length, (at) => use('b', fresh(seed * 100 + at), fresh(seed * 200 + at)));
      const again = (): Story =>
        block.map((event) => ('call' in event ? { ...event, call: `${event.call}.${serial}` } : event));
      let serial = 0;
      const loop = times(rounds, (round) => {
        serial = round;
        return again();
      });
      const events = eventsOf([...clean(before), ...loop, ...clean(10, 3)]);
      const watch = createLoopWatch();
      const alarms = events.flatMap((event) => watch.onEvent(event) ?? []);
      const figures = { firstStep: before + 1, period: length };
      expect(watch.end().filter(isFault)).toMatchObject([{ ...figures, repetitions: rounds }]);
      expect(watch.end()).toEqual(findLoops(events));
      expect(alarms).toHaveLength(1);
      expect(alarms[0]).toMatchObject({ firstStep: before + 1, period: length, repetitions: 3 });
    },
  );
});
