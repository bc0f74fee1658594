// Errands that get nowhere are found by what is asked and what is done; lists and work that gets on are left alone.
import { describe, expect, it } from 'vitest';
import { answer, hand, times } from '../check/testing/loop-story.test-support.ts';
import { tellOutside, type Story } from '../check/testing/trace-story.test-support.ts';
import { findLoops } from './find-loops.ts';
import { isFault, type Loop } from './loop.ts';
import { createLoopWatch } from './loop-watch.ts';
import { selfVerdictOf } from './self-verdict.ts';

const eventsOf = (story: Story) => tellOutside(story).events;
const faultsIn = (story: Story): readonly Loop[] => findLoops(eventsOf(story)).filter(isFault);

interface Told {
  readonly ask: string;
  readonly deed: string;
  /** What the asker then writes into its form; null: nothing. */
  readonly stuck?: boolean;
}

/** Words that are nowhere else. */
const sight = (place: number): string =>
  Array.from({ length: 40 }, (_, word) => `see${place}x${word}`).join(' ');

/** Lead asks, doer does and reports a page that is never the same, and the lead may judge. */
const round = ({ ask, deed, stuck }: Told, place: number): Story => [
  hand('lead', 'doer', { content: ask }),
  ...answer('doer', `${deed} ${sight(place)}`),
  ...(stuck === undefined
    ? []
    : answer('lead', `My ledger: {"is_in_loop": {"answer": ${stuck}}, "note": "${sight(100 + place)}"}`)),
];
const talk = (rounds: readonly Told[]): Story => rounds.flatMap(round);

const wordings = [
  'Please look through the archive page and name the oldest ferry that is listed there',
  'Continue to look down the archive page and name the oldest ferry listed',
  'Please go on further down the archive page, then name the oldest ferry listed there',
  'Please look still further through the archive page and name the oldest ferry with its details',
  'Look to the end of the archive page and name the oldest ferry that is listed',
];
const scroll = 'I scrolled down by one screen in the browser, as I was told to do just now.';
const startup: readonly Told[] = [
  {
    ask: 'Find out which harbour keeps records of boats built before the war',
    deed: 'I typed harbour records.',
  },
];

describe('an errand that gets nowhere', () => {
  it('is told where the same is asked in other words and the same is done, whatever is seen', () => {
    const rounds = wordings.map((ask) => ({ ask, deed: scroll }));
    expect(faultsIn(talk([...startup, ...rounds]))).toMatchObject([
      { kind: 'rewording', agents: ['lead', 'doer'], edges: ['lead->doer'], firstStep: 5, period: 2 },
    ]);
  });

  it('is told with the team’s own word where deeds differ', () => {
    const deeds = [
      'I opened a map.',
      'Nothing came.',
      'Clicked on help.',
      'The site is down.',
      'A login was shown.',
    ];
    const rounds = wordings.map((ask, at) => ({ ask, deed: deeds[at]! }));
    const judged = (stuck: boolean) => talk([...startup, ...rounds.map((one) => ({ ...one, stuck }))]);
    expect(faultsIn(judged(true))).toMatchObject([{ kind: 'rewording', period: 3, firstStep: 6 }]);
    expect(faultsIn(judged(false))).toEqual([]);
  });

  it('is alarmed at once when its third round is', () => {
    const watch = createLoopWatch();
    const rounds = wordings.map((ask) => ({ ask, deed: scroll }));
    const alarms = eventsOf(talk([...startup, ...rounds])).flatMap((event) => watch.onEvent(event) ?? []);
    expect(alarms).toMatchObject([{ firstStep: 5, lastStep: 10, repetitions: 3 }]);
  });
});

describe('what only looks like such an errand is left alone:', () => {
  const towns = ['Oban', 'Mallaig', 'Ullapool', 'Tarbert', 'Brodick', 'Stornoway'];

  it('a list that is gone through, even if the team calls it a loop once', () => {
    const rounds = towns.map((town, at) => ({
      ask: `Please check whether a ferry runs from ${town} on Sundays in winter`,
      deed: `I typed whether ferry runs from ${town} on Sundays into the search box`,
      stuck: at === 3,
    }));
    expect(faultsIn(talk(rounds))).toEqual([]);
  });

  it('a list that gets shorter by what was done', () => {
    const rounds = towns.slice(0, 5).map((town, at) => ({
      ask: `Please check Sunday ferries in winter from ${towns.slice(at).join(', ')}`,
      deed: `I opened the ferry timetable of ${town}`,
    }));
    expect(faultsIn(talk(rounds))).toEqual([]);
  });

  it('a team that says it is stuck, while other things are asked and done', () => {
    const rounds = times(6, (at) =>
      round({ ask: sight(at * 7).slice(0, 90), deed: sight(50 + at).slice(0, 60), stuck: true }, at),
    );
    expect(faultsIn(rounds)).toEqual([]);
  });

  it('two rounds', () => {
    const rounds = wordings.slice(0, 2).map((ask) => ({ ask, deed: scroll }));
    expect(faultsIn(talk([...startup, ...rounds]))).toEqual([]);
  });
});

describe('what a team says of itself', () => {
  it.each([
    ['{"is_in_loop": true}', 1],
    [
      'Ledger: {"is_in_loop": {"reason": "no", "answer": false}, "is_progress_being_made": {"answer": false}}',
      0.5,
    ],
    ['{"state": {"stuck": {"value": true}, "madeProgress": false}}', 1],
    ['{"noProgress": false, "not_stuck": true}', 0],
    ['{"progress": 0.4, "loops": 3, "done": false}', null],
    ['{"is_in_loop": true', null],
    ['we are in a loop', null],
  ])('%s counts as %d', (text, share) => {
    expect(selfVerdictOf(text)).toBe(share);
  });
});
