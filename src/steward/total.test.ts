// Totality: whatever events come, in whatever order, the steward answers, stays plain JSON, and replays to the same bytes. S1, S5, S13.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameBytes } from '../base/same-bytes.ts';
import { anyStoryEvent, storyTeam } from './any-event.test-support.ts';
import { someMission, startMs } from './crank.test-support.ts';
import type { StewardEvent } from './event.ts';
import { initialState, type StewardState } from './state.ts';
import { obligations, step } from './step.ts';

const begin: StewardEvent = { kind: 'mission.started', atMs: startMs, mission: someMission, team: storyTeam };

/** Runs a story, and returns the events that it came to. */
function live(
  story: readonly ((state: StewardState) => StewardEvent)[],
  each: (state: StewardState) => void = () => {},
) {
  const state = initialState();
  const journal: StewardEvent[] = [];
  for (const next of story) {
    const event = next(state);
    journal.push(JSON.parse(JSON.stringify(event)) as StewardEvent);
    step(state, event);
    each(state);
  }
  return { state, journal };
}

const stories = fc.array(anyStoryEvent(), { minLength: 40, maxLength: 120, size: 'max' });
const started = stories.map((story) => [() => begin, ...story]);
const runs = { numRuns: 80 };

function integersOf(state: StewardState): readonly number[] {
  const { budget, budgets } = state;
  const books = [...Object.values(budgets), ...(budget === null ? [] : [budget])];
  const tokens = books.flatMap((book) => [book.tokensSpent, book.tokensReserved, book.tokensPresumed]);
  return [
    ...tokens,
    state.atMs,
    state.events,
    state.serial,
    state.contextVersion,
    state.epoch,
    state.ignored,
  ];
}

describe('the core', () => {
  it('never throws, not even before the mission has started', () => {
    fc.assert(
      fc.property(stories, (story) => void live(story)),
      runs,
    );
    fc.assert(
      fc.property(started, (story) => void live(story)),
      runs,
    );
  });

  it('is plain JSON after every step', () => {
    fc.assert(
      fc.property(started, (story) => {
        const { state } = live(story);
        expect(sameBytes(JSON.parse(JSON.stringify(state)), state)).toBe(true);
      }),
      runs,
    );
  });

  it('gives the same bytes when its journal is replayed, from start to end or from a snapshot (S1)', () => {
    fc.assert(
      fc.property(started, fc.nat(60), (story, cut) => {
        const { state, journal } = live(story);
        let again = initialState();
        for (const [index, event] of journal.entries()) {
          if (index === cut) again = JSON.parse(JSON.stringify(again)) as StewardState;
          step(again, event);
        }
        expect(JSON.stringify(again)).toBe(JSON.stringify(state));
      }),
      runs,
    );
  });

  it('keeps whole numbers whole, and no reservation below nothing (S5)', () => {
    fc.assert(
      fc.property(started, (story) => {
        live(story, (state) => {
          const numbers = integersOf(state);
          expect(numbers.every((number) => Number.isSafeInteger(number) && number >= 0)).toBe(true);
        });
      }),
      runs,
    );
  });

  it('is either ended with nothing pending, or owes something, or is paused (S9, L2)', () => {
    fc.assert(
      fc.property(started, (story) => {
        live(story, (state) => {
          const owes = obligations(state).length > 0;
          const isRight =
            state.status === 'ended' ? state.pending.length === 0 : owes || state.status === 'paused';
          expect(isRight).toBe(true);
        });
      }),
      runs,
    );
  });

  it('changes nothing but its counters by what it ignores (S13)', () => {
    fc.assert(
      fc.property(started, (story) => {
        let before = '';
        let ignored = 0;
        live(story, (state) => {
          const now = JSON.stringify({ ...state, events: 0, ignored: 0 });
          expect(state.ignored > ignored ? now : '').toBe(state.ignored > ignored ? before : '');
          ignored = state.ignored;
          before = now;
        });
      }),
      runs,
    );
  });
});
