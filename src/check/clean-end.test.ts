// S9 catches work, waits and credentials that outlive the mission.
import { endsClean } from './clean-end.ts';
import { healthyStory, stoppedAfter } from './testing/healthy-story.test-support.ts';
import { outsideTrace, prove } from './testing/prove.test-support.ts';
import { behind, changed, tell, tellOutside, twice, without } from './testing/trace-story.test-support.ts';

const call = healthyStory.find((line) => line.kind === 'model.called')!;
const late = behind(healthyStory, 'mission.ended', [call]);

prove({
  invariant: endsClean,
  holds: {
    'a mission that has not ended': tell(stoppedAfter('handoff.sent', { pending: 3, live: 3 })),
    'an end that says failed, without what was promised': tell(
      changed(healthyStory, 'mission.ended', { end: 'failed', context: { brief: 'short' } }),
    ),
  },
  breaks: [
    [
      'an end that says done without what was promised',
      tell(changed(healthyStory, 'mission.ended', { context: { brief: 'short' } })),
      'sent is missing',
    ],
    ['a call after the end', tell(late), 'model.called after the mission had ended'],
    ['a call after the end of a team outside', tellOutside(late), 'model.called after'],
    [
      'something pending',
      tell(changed(healthyStory, 'run.stopped', { pending: 1 })),
      '1 pending and 0 in flight',
    ],
    [
      'something in flight',
      tell(changed(healthyStory, 'run.stopped', { live: 2 })),
      '0 pending and 2 in flight',
    ],
    [
      'a credential that is never revoked',
      tell(without(healthyStory, 'credential.revoked')),
      'k-writer was never revoked',
    ],
    ['a second end', tell(twice(healthyStory, 'mission.ended')), 'ended twice'],
  ],
  unknown: {
    'a trace without its stop': tell(without(healthyStory, 'run.stopped')),
    'a team whose credentials are not known': outsideTrace,
  },
});
