// S5 keeps the books a second time and catches every way in which the steward's can go wrong.
import { budgetsHold } from './books-balance.ts';
import { healthyStory } from './testing/healthy-story.test-support.ts';
import { outsideTrace, prove } from './testing/prove.test-support.ts';
import { storyTeam } from './testing/story-team.test-support.ts';
import {
  behind,
  changed,
  tell,
  twice,
  without,
  type Line,
  type Story,
} from './testing/trace-story.test-support.ts';

/** The books of one owner when the closer begins. */
const books = (owner: string) => ({
  agent: owner,
  tokensSpent: owner === '*' ? 300 : 0,
  tokensReserved: 0,
  tokensPresumed: 0,
  tokensMax: owner === '*' ? 8_000 : 5_000,
  costMicros: owner === '*' ? 600 : 0,
  costMicrosMax: owner === '*' ? 16_000 : 10_000,
});

/** The healthy story up to the closer's first call, whose answer is lost. */
function lostAnswer(...presumed: Story): Story {
  let place = healthyStory.findIndex((line) => line.kind === 'model.called' && line.call === 'c6');
  place += 1;
  return [...healthyStory.slice(0, place), ...presumed];
}

const presumedBy = (owner: string, tokens: number): Line => ({
  kind: 'budget.presumed',
  command: 'c6',
  tokens,
  ...books(owner),
  tokensPresumed: tokens,
  costMicros: books(owner).costMicros + 2 * tokens,
});

const lowBudget = (tokensMax: number) => ({
  team: { ...storyTeam, budget: { ...storyTeam.budget, tokensMax } },
});
const limitedTo = (tokensMax: number): Story =>
  healthyStory.map((line) => ('tokensMax' in line && line.agent === '*' ? { ...line, tokensMax } : line));

prove({
  invariant: budgetsHold,
  holds: {
    'an answer that is lost and presumed spent': tell(
      lostAnswer(presumedBy('closer', 1_000), presumedBy('*', 1_000)),
    ),
    'a limit that is met to the token': tell(limitedTo(1_600), lowBudget(1_600)),
    'a reservation that is refused': tell(
      behind(healthyStory, 'handoff.received', [{ kind: 'budget.breached', wanted: 9_000, ...books('*') }]),
    ),
    'a limit that was raised from outside': tell([
      { kind: 'outside.accepted', event: 'budget.changed' },
      ...limitedTo(9_000),
    ]),
  },
  breaks: [
    [
      'work that is sent out after the deadline',
      tell(healthyStory, {
        team: { ...storyTeam, budget: { ...storyTeam.budget, latencyMsMax: 1 } },
      }),
      "after the mission's deadline",
    ],
    ['a limit that is passed', tell(limitedTo(1_599), lowBudget(1_599)), '* used 1600 of 1599 tokens'],
    [
      'a call that nothing was reserved for',
      tell(without(healthyStory, 'budget.reserved')),
      'without a reservation',
    ],
    [
      "a call that only the agent's books know",
      tell(without(healthyStory, 'budget.reserved', 2)),
      'in the books of *',
    ],
    [
      'a budget that is settled twice',
      tell(twice(healthyStory, 'budget.settled')),
      'after its reservation was closed',
    ],
    ['a budget that is reserved twice', tell(twice(healthyStory, 'budget.reserved')), 'reserved twice'],
    [
      'a settlement that is not the usage',
      tell(changed(healthyStory, 'budget.settled', { tokens: 90, tokensSpent: 90, costMicros: 180 })),
      'its answer used 100',
    ],
    [
      'books that forget what was spent',
      tell(changed(healthyStory, 'budget.settled', { nth: 3, tokensSpent: 200, costMicros: 400 })),
      'the books of writer differ',
    ],
    [
      'a price that is not that of the tokens',
      tell(changed(healthyStory, 'budget.settled', { costMicros: 1 })),
      'differ',
    ],
    [
      'a presumption of less than was set aside',
      tell(lostAnswer(presumedBy('closer', 400))),
      '400 were presumed spent',
    ],
    [
      'a reservation that outlives the mission',
      tell(without(healthyStory, 'budget.settled', 8)),
      'still holds tokens',
    ],
    ['a limit that nobody changed', tell(limitedTo(9_000)), "not the team's"],
  ],
  unknown: { 'a team whose budgets are not known': outsideTrace },
});
