// L1, L2 and L3 catch missions that stop half way, are forgotten, or go on for ever.
import { eventsBounded, missionEndsOrWaits, unfinishedMeansPending } from './mission-ends.ts';
import { healthyStory, stoppedAfter } from './testing/healthy-story.test-support.ts';
import { healthyTrace, outsideTrace, prove } from './testing/prove.test-support.ts';
import { changed, tell, tellOutside, without } from './testing/trace-story.test-support.ts';

const waiting = stoppedAfter('approval.requested', { why: 'horizon', pending: 2, live: 2 });

prove({
  invariant: missionEndsOrWaits,
  holds: { 'a mission that waits for a person': tell(waiting), 'a team outside that ends': outsideTrace },
  breaks: [
    [
      'a mission in which nothing more can happen',
      tell(stoppedAfter('handoff.sent', {})),
      'nothing more could happen',
    ],
    [
      'a mission that only stalls, with a question open',
      tell(stoppedAfter('approval.requested', { why: 'stalled', pending: 1 })),
      'nothing more could happen',
    ],
    [
      'a mission that runs out of time at work',
      tell(stoppedAfter('model.called', { why: 'horizon' })),
      '(horizon)',
    ],
    [
      'a question whose time is over and which nobody closed',
      tell(changed(waiting, 'run.stopped', { atMs: 10_001 })),
      'neither ended nor waited',
    ],
    [
      'a question that was answered',
      tell(stoppedAfter('approval.decided', { why: 'horizon', pending: 1 })),
      'neither ended nor waited',
    ],
    [
      'a team outside that waits for ever',
      tellOutside(stoppedAfter('approval.asked', { why: 'stalled' })),
      'nothing more could happen',
    ],
  ],
  unknown: {
    'a trace without its stop': tell(without(without(healthyStory, 'run.stopped'), 'mission.ended')),
    'a harness that failed': tell(stoppedAfter('handoff.sent', { why: 'error' })),
  },
});

prove({
  invariant: unfinishedMeansPending,
  holds: { 'a mission that waits': tell(waiting) },
  breaks: [
    ['a mission that is forgotten', tell(stoppedAfter('handoff.sent', {})), 'nothing was pending'],
    [
      'a mission forgotten at the horizon',
      tell(changed(waiting, 'run.stopped', { pending: 0 })),
      'nothing was pending',
    ],
  ],
  unknown: {
    'a trace without its stop': tell(without(without(healthyStory, 'run.stopped'), 'mission.ended')),
    'a team outside that did not end': tellOutside(stoppedAfter('handoff.sent', {})),
  },
});

const steps = (events: number) => ({ ...healthyTrace, state: { ...healthyTrace.state!, events } });

prove({
  invariant: eventsBounded,
  holds: { 'the last event of all': steps(60), 'a team outside that stopped by itself': outsideTrace },
  breaks: [
    ['one event too many', steps(61), '61 events, and the limit is 60'],
    [
      'a run that the harness had to stop',
      tell(stoppedAfter('handoff.sent', { why: 'eventsMax' })),
      'the bound',
    ],
    [
      'a team outside that had to be stopped',
      tellOutside(stoppedAfter('handoff.sent', { why: 'eventsMax' })),
      'the bound',
    ],
  ],
  unknown: { 'a team outside without its stop': tellOutside(without(healthyStory, 'run.stopped')) },
});
