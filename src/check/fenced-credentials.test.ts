// S8 catches credentials that may not be used and answers of a process that was replaced.
import { credentialsAndEpochsFence } from './fenced-credentials.ts';
import { healthyStory } from './testing/healthy-story.test-support.ts';
import { outsideTrace, prove } from './testing/prove.test-support.ts';
import {
  behind,
  changed,
  seqOf,
  tell,
  without,
  type Line,
  type Story,
} from './testing/trace-story.test-support.ts';

const resumed: Line = { kind: 'resumed', epoch: 2 };
const call = healthyStory.find((line) => line.kind === 'model.called') as Line & { kind: 'model.called' };
const answer = healthyStory.find((line) => line.kind === 'model.answered') as Line & {
  kind: 'model.answered';
};
/** A crash while the first model call is out, and the call again under the new epoch. */
const redispatched: Story = inEpochOfTheirTime(
  behind(healthyStory, 'model.called', [resumed, { ...call, epoch: 2 }]),
);

/** Calls after a takeover carry the new epoch. */
function inEpochOfTheirTime(story: Story): Story {
  let epoch = 1;
  return story.map((line) => {
    if (line.kind === 'resumed') epoch = line.epoch;
    return line.kind === 'model.called' || line.kind === 'tool.called' ? { ...line, epoch } : line;
  });
}
/** The same, where causes tell which call the accepted answer belongs to. */
function answeredFrom(nth: number): Story {
  const called = seqOf(redispatched, 'model.called', nth);
  const story = changed(redispatched, 'model.answered', { cause: called });
  return changed(story, 'answer.accepted', { nth: 2, cause: seqOf(story, 'model.answered') });
}
const revokedEarly: Line = { kind: 'credential.revoked', credential: 'k-writer', agent: 'writer' };

prove({
  invariant: credentialsAndEpochsFence,
  holds: {
    'a call that is dispatched again by the next epoch': tell(redispatched),
    'an answer to the second dispatch': tell(answeredFrom(2)),
  },
  breaks: [
    [
      'a revoked credential',
      tell(behind(healthyStory, 'model.called', [revokedEarly])),
      'not granted or was revoked',
    ],
    ['a credential that was never granted', tell(without(healthyStory, 'credential.granted')), 'not granted'],
    [
      'no credential at all',
      tell(changed(healthyStory, 'tool.called', { credential: null })),
      'no credential',
    ],
    [
      "another agent's credential",
      tell(changed(healthyStory, 'credential.granted', { agent: 'closer' })),
      'with the credential of closer',
    ],
    [
      'a scope that was not granted',
      tell(changed(healthyStory, 'credential.granted', { scopes: [] })),
      'without the scope',
    ],
    [
      "a scope that is not the tool's",
      tell(changed(healthyStory, 'tool.called', { scope: 'all' })),
      'and not search',
    ],
    [
      'a scope that the role has not got',
      tell(
        changed(changed(healthyStory, 'tool.called', { tool: 'send', scope: 'send' }), 'credential.granted', {
          scopes: ['search', 'send'],
        }),
      ),
      'its role has not got',
    ],
    [
      'an answer to a call of the old epoch',
      tell(behind(healthyStory, 'model.called', [resumed])),
      'of epoch 1 counted',
    ],
    ['the answer of the old epoch after the new dispatch', tell(answeredFrom(1)), 'of epoch 1 counted'],
    [
      'an old process that goes on',
      tell(behind(healthyStory, 'model.answered', [resumed, { ...call, call: 'c50' }, answer])),
      'dispatched by epoch 1',
    ],
    ['an epoch that comes twice', tell(behind(redispatched, 'resumed', [resumed])), 'came after epoch 2'],
  ],
  unknown: { 'a team whose credentials are not known': outsideTrace },
});
