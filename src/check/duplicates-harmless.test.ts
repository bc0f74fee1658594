// S13 catches answers that count twice, handoffs that start two pieces of work, and ignored events that change things.
import { duplicatesHarmless } from './duplicates-harmless.ts';
import { healthyStory } from './testing/healthy-story.test-support.ts';
import { outsideTrace, prove } from './testing/prove.test-support.ts';
import { behind, changed, tell, twice, without, type Line } from './testing/trace-story.test-support.ts';

const again: Line = { kind: 'agent.started', agent: 'closer', version: 1, assignment: 'a3', visit: 2 };
const ignored: Line = { kind: 'event.ignored', event: 'model.answered', why: 'late', command: 'c1' };
const received = healthyStory.find((line) => line.kind === 'handoff.received')!;
const broken = { nth: 4, held: false, detail: 'a late answer changed the state' };

prove({
  invariant: duplicatesHarmless,
  holds: {
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
