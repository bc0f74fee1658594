// S13 catches answers that count twice, handoffs that start two pieces of work, and ignored events that change things.
import { duplicatesHarmless } from './duplicates-harmless.ts';
import { healthyStory } from './testing/healthy-story.test-support.ts';
import { outsideTrace, prove } from './testing/prove.test-support.ts';
import { storyTeam } from './testing/story-team.test-support.ts';
import {
  behind,
  changed,
  seqOf,
  tell,
  twice,
  without,
  type Line,
  type Story,
} from './testing/trace-story.test-support.ts';
import type { Trace } from '../trace/trace.ts';

const again: Line = { kind: 'agent.started', agent: 'closer', version: 1, assignment: 'a3', visit: 2 };
const ignored: Line = { kind: 'event.ignored', event: 'model.answered', why: 'late', command: 'c1' };
const received = healthyStory.find((line) => line.kind === 'handoff.received')!;
const broken = { nth: 4, held: false, detail: 'a late answer changed the state' };

const receivedSeq = seqOf(healthyStory, 'handoff.received');
/** The healthy story with the causes that lead from the closer's start to the writer's handoff. */
const handedOver = changed(
  changed(healthyStory, 'agent.started', { nth: 2, cause: receivedSeq }),
  'handoff.received',
  { cause: seqOf(healthyStory, 'handoff.sent') },
);
const { closer } = storyTeam.agents;
/** The closer waits for all of these. */
const joining = (...from: readonly string[]): Partial<Trace> => ({
  team: {
    ...storyTeam,
    agents: { ...storyTeam.agents, closer: { ...closer!, join: 'all' } },
    routes: { kind: 'graph', start: ['writer'], edges: from.map((one) => ({ from: one, to: 'closer' })) },
  },
});

const toOldCall = {
  ...(healthyStory.find((line) => line.kind === 'tool.called') as Line),
  call: 'c50',
} as Line;
const late: Line = { kind: 'answer.accepted', command: 'c50', event: 'tool.returned' };
/** A call of the writer that is made before the writer finishes, and what comes of it afterwards. */
const withLate = ([call, ...more]: Story): Story =>
  behind(behind(healthyStory, 'tool.called', [call!]), 'agent.finished', more);

prove({
  invariant: duplicatesHarmless,
  holds: {
    'a start that its handoff brought about': tell(handedOver),
    'work that an escalation starts in the step in which a handoff arrives': tell(
      behind(handedOver, 'handoff.received', [
        { kind: 'escalated', agent: 'writer', to: 'closer', reason: 'stuck', cause: receivedSeq },
        { ...again, cause: receivedSeq },
      ]),
    ),
    'an answer to work that is over, which is not accepted': tell(withLate([toOldCall])),
    'a join of all who hand over': tell(handedOver, joining('writer')),
    'a handoff that arrives twice and starts one piece of work': tell(
      twice(healthyStory, 'handoff.received'),
    ),
    'a second handoff': tell(
      behind(healthyStory, 'handoff.received', [{ ...received, handoff: 'h2' }, again]),
    ),
    'work that an escalation starts': tell(
      behind(healthyStory, 'handoff.received', [
        { kind: 'escalated', agent: 'writer', to: 'closer', reason: 'stuck' },
        again,
      ]),
    ),
    'no finding, where nothing was ignored': tell(without(healthyStory, 'finding', 4)),
  },
  breaks: [
    [
      'a handoff that starts two pieces of work',
      tell(behind(healthyStory, 'handoff.received', [again])),
      'closer was started 2',
    ],
    [
      'a handoff that arrives twice and starts two',
      tell(behind(twice(healthyStory, 'handoff.received'), 'handoff.received', [again], 2)),
      'closer was started 2 times for 1',
    ],
    [
      'a handoff that another agent received',
      tell(changed(handedOver, 'handoff.received', { to: 'writer' })),
      'a handoff that writer received',
    ],
    [
      'an envelope that was altered on the way',
      tell(changed(handedOver, 'handoff.received', { payload: { lead: 2 } })),
      'not the one that was sent',
    ],
    [
      'an old envelope in place of the new one',
      tell(changed(handedOver, 'handoff.received', { handoff: 'h0' })),
      'not the one that was sent',
    ],
    [
      'a join that does not wait',
      tell(handedOver, joining('writer', 'checker')),
      'closer was started before checker had handed over',
    ],
    [
      'a call for work that is over',
      tell(behind(healthyStory, 'agent.finished', [toOldCall])),
      'that was over',
    ],
    ['an answer to work that is over', tell(withLate([toOldCall, late])), 'after its work was over'],
    ['an answer that counts twice', tell(twice(healthyStory, 'answer.accepted')), 'answered twice'],
    [
      'an ignored event that changed the state',
      tell(changed(healthyStory, 'finding', broken)),
      'changed the state',
    ],
  ],
  unknown: {
    'an ignored event that nobody watched': tell(
      behind(without(healthyStory, 'finding', 4), 'model.answered', [ignored]),
    ),
    'a team outside': outsideTrace,
  },
});
