// S10 catches attempts, turns, reworks and visits beyond their limits.
import { attemptsBounded } from './bounded-attempts.ts';
import { healthyStory } from './testing/healthy-story.test-support.ts';
import { outsideTrace, prove } from './testing/prove.test-support.ts';
import { behind, changed, tell, twice, type Line, type Story } from './testing/trace-story.test-support.ts';

const rework = (count: number): Line => ({
  kind: 'rework.requested',
  agent: 'writer',
  assignment: 'a1',
  rework: count,
  feedback: [],
});
const gateRetry = (attempt: number): Line => ({
  kind: 'retry.scheduled',
  agent: 'writer',
  what: 'gate',
  attempt,
  waitMs: 0,
});

const asked = healthyStory.filter((line) =>
  ['model.called', 'model.answered', 'answer.accepted'].includes(line.kind),
);
/** The writer's first question of its tool, so many times more. */
const repeated = (times: number): Story =>
  behind(healthyStory, 'budget.settled', Array.from({ length: times }, () => firstRequest).flat(), 2);
const firstRequest = asked.slice(1, 4);
const lateRequest = firstRequest.slice(0, 2);

const detected: Line = { kind: 'outside.accepted', event: 'loop.detected' };
/** Somebody tells of a loop at the end; its alarms name that as their cause. */
const toldOf = (...actions: readonly ('break' | 'escalate')[]): Story =>
  actions.reduce<Story>((story, action) => {
    const place = story.length + 1;
    const alarm: Line = { kind: 'loop.alarmed', agent: 'writer', loop: 'rewording', repetitions: 4, action };
    return [...story, detected, { ...alarm, cause: place }];
  }, healthyStory);
const handed = healthyStory.find((line) => line.kind === 'handoff.sent') as Line & { kind: 'handoff.sent' };
const toAndFro = (times: number): Story =>
  behind(
    healthyStory,
    'handoff.sent',
    Array.from({ length: times }, (_, place) => ({ ...handed, handoff: `back${place}` })),
  );

prove({
  invariant: attemptsBounded,
  holds: {
    'the last repetition of all': tell(repeated(3)),
    'repetitions that came too late to count': tell(
      behind(repeated(3), 'model.answered', [...lateRequest, ...lateRequest]),
    ),
    'the last attempt of all': tell(changed(healthyStory, 'model.called', { attempt: 3, turn: 4 })),
    'a loop that is broken, and escalated when it goes on': tell(toldOf('break', 'escalate')),
    'the last handoff to and fro': tell(toAndFro(5)),
    'the last rework and the last question to a gate': tell(
      behind(healthyStory, 'gate.called', [gateRetry(2), rework(1)]),
    ),
  },
  breaks: [
    ['a loop that nobody broke', tell(repeated(4)), 'the same call of search: 5 of 4'],
    ['a fourth attempt', tell(changed(healthyStory, 'model.called', { attempt: 4 })), 'attempt 4 of 3'],
    ['a fifth turn', tell(changed(healthyStory, 'model.called', { turn: 5 })), 'turn 5 of 4'],
    [
      'a third attempt at a tool',
      tell(changed(healthyStory, 'tool.called', { attempt: 3 })),
      'attempt at search 3 of 2',
    ],
    [
      'a third delivery',
      tell(changed(healthyStory, 'handoff.sent', { attempt: 3 })),
      'delivery to closer 3 of 2',
    ],
    [
      'a third question to a gate',
      tell(behind(healthyStory, 'gate.called', [gateRetry(3)])),
      'question to a gate 3 of 2',
    ],
    ['a loop that nobody heeds', tell([...healthyStory, detected]), 'there was no alarm'],
    ['a loop that is only ever told', tell(toldOf('break', 'break')), 'writer goes round again'],
    ['a seventh handoff to and fro', tell(toAndFro(6)), 'to and fro with closer 7 of 6'],
    ['a second rework', tell(behind(healthyStory, 'gate.called', [rework(2)])), 'rework 2 of 1'],
    ['a third visit', tell(changed(healthyStory, 'agent.started', { visit: 3 })), 'visit 3 of 2'],
    [
      'a third visit that calls itself the first',
      tell(twice(twice(healthyStory, 'agent.started'), 'agent.started')),
      'visit 3 of 2',
    ],
  ],
  unknown: { 'a team whose limits are not known': outsideTrace },
});
