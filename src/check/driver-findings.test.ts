// S1 and S2 are read from the driver's findings and are never guessed.
import { obligationsMirrored, replayGivesTheSameState } from './driver-findings.ts';
import { healthyStory } from './testing/healthy-story.test-support.ts';
import { prove } from './testing/prove.test-support.ts';
import { changed, tell, twice, without } from './testing/trace-story.test-support.ts';

prove({
  invariant: replayGivesTheSameState,
  holds: { 'two findings that held': tell(twice(healthyStory, 'finding')) },
  breaks: [
    [
      'a replay that differs',
      tell(changed(healthyStory, 'finding', { held: false, detail: 'differs at event 9' })),
      'differs at event 9',
    ],
    [
      'a second finding that did not hold',
      tell(changed(twice(healthyStory, 'finding'), 'finding', { nth: 2, held: false, detail: 'late' })),
      'late',
    ],
  ],
  unknown: { 'a trace without a finding': tell(without(healthyStory, 'finding')) },
});

prove({
  invariant: obligationsMirrored,
  breaks: [
    [
      'a forgotten obligation',
      tell(changed(healthyStory, 'finding', { nth: 2, held: false, detail: 'c4 is not in flight' })),
      'c4 is not in flight',
    ],
    [
      'two of them',
      tell(changed(healthyStory, 'finding', { nth: 2, held: false, detail: 'c4', times: 2 })),
      '2 times',
    ],
  ],
  unknown: {
    'a trace without a finding': tell(without(healthyStory, 'finding', 2)),
    'findings on other invariants': tell(changed(healthyStory, 'finding', { nth: 2, invariant: 'S1' })),
  },
});
