// The mirror: whatever happens, what is in flight in the world is exactly what the steward believes it owes. S2, S4.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyStoryEvent, storyTeam, type Draft } from './any-event.test-support.ts';
import type { Command, Obligation } from './command.ts';
import { someMission, startMs } from './crank.test-support.ts';
import type { StewardEvent } from './event.ts';
import { initialState } from './state.ts';
import { obligations, step } from './step.ts';

type Live = Map<string, Obligation>;

/** What the world has in flight after a step. */
function settle(live: Live, event: StewardEvent, commands: readonly Command[]): void {
  if (event.kind === 'recovered') live.clear();
  if ('command' in event) live.delete(event.command);
  for (const command of commands) {
    if (command.kind === 'finish') continue;
    if (command.kind === 'run.cancel' || command.kind === 'timer.cancel') live.delete(command.id);
    else live.set(command.id, command);
  }
}

/** An answer that nothing in flight can give: the story may hold it, this world does not. */
function isStray(live: Live, event: StewardEvent): boolean {
  return 'command' in event && live.get(event.command)?.epoch !== event.epoch;
}

function follow(story: readonly Draft[], check: (live: Live, owed: readonly Obligation[]) => void): void {
  const state = initialState();
  const live: Live = new Map();
  const feed = (event: StewardEvent): void => {
    const { commands } = step(state, event);
    // The world has answered, though with an answer that does not fit: nothing is in flight any more that could.
    const misfit =
      'command' in event &&
      state.pending.some(
        ({ id }) =>
          id === event.command &&
          !state.held.includes(id) &&
          !commands.some((one) => 'id' in one && one.id === id),
      );
    if (misfit) return;
    settle(live, event, commands);
    check(live, obligations(state));
  };
  feed({ kind: 'mission.started', atMs: startMs, mission: someMission, team: storyTeam });
  for (const next of story) {
    const event = next(state);
    const old = event.kind === 'recovered' && event.epoch <= state.epoch;
    if (!old && !isStray(live, event)) feed(event);
  }
}

const stories = fc.array(anyStoryEvent(), { minLength: 40, maxLength: 120, size: 'max' });
const runs = { numRuns: 80 };

describe('what is in flight', () => {
  it('is what the steward owes, after every event (S2)', () => {
    const ids = (list: Iterable<Obligation>): readonly string[] => [...list].map(({ id }) => id).sort();
    fc.assert(
      fc.property(stories, (story) => {
        follow(story, (live, owed) => expect(ids(live.values())).toEqual(ids(owed)));
      }),
      runs,
    );
  });

  it('never holds the same effect twice (S4)', () => {
    fc.assert(
      fc.property(stories, (story) => {
        follow(story, (live) => {
          const keys = [...live.values()].flatMap((command) =>
            command.kind === 'tool.use' && command.effect !== 'pure' ? [command.key] : [],
          );
          expect(new Set(keys).size).toBe(keys.length);
        });
      }),
      runs,
    );
  });

  it('holds no timeout of a call that is over', () => {
    fc.assert(
      fc.property(stories, (story) => {
        follow(story, (live) => {
          const timeouts = [...live.values()].filter(
            (one) => one.kind === 'timer.start' && one.purpose.endsWith('Timeout'),
          );
          const orphans = timeouts.filter((one) => 'watches' in one && !live.has(one.watches));
          expect(orphans).toEqual([]);
        });
      }),
      runs,
    );
  });

  it('holds one model call for each piece of work at most', () => {
    fc.assert(
      fc.property(stories, (story) => {
        follow(story, (live) => {
          const asked = [...live.values()].flatMap((command) =>
            command.kind === 'model.ask' ? [command.assignment] : [],
          );
          expect(new Set(asked).size).toBe(asked.length);
        });
      }),
      runs,
    );
  });
});
