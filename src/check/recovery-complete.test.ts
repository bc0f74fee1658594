// L4 catches crashes that nobody takes over, and takeovers that leave something behind.
import { recoveryComplete } from './recovery-complete.ts';
import { healthyStory } from './testing/healthy-story.test-support.ts';
import { prove } from './testing/prove.test-support.ts';
import { behind, changed, tell, without, type Line } from './testing/trace-story.test-support.ts';

const crashed: Line = { kind: 'crashed', point: 'afterEffect', epoch: 1 };
const resumed: Line = { kind: 'resumed', epoch: 2 };
const found: Line = { kind: 'finding', invariant: 'L4', held: true, detail: '', times: 1 };
const recovered = behind(behind(healthyStory, 'model.called', [crashed, resumed]), 'finding', [found]);

prove({
  invariant: recoveryComplete,
  holds: {
    'a crash that is taken over': tell(recovered),
    'a crash before the mission had started': tell([crashed, ...healthyStory]),
  },
  breaks: [
    ['a crash that nobody takes over', tell(without(recovered, 'resumed')), 'nobody took over'],
    [
      'a second crash that nobody takes over',
      tell(behind(recovered, 'resumed', [crashed])),
      'nobody took over',
    ],
    [
      'an obligation that is not dispatched again',
      tell(changed(recovered, 'finding', { nth: 2, held: false, detail: 'not dispatched again: c4' })),
      'not dispatched again: c4',
    ],
  ],
  unknown: { 'a takeover that nobody watched': tell(without(recovered, 'finding', 2)) },
});
