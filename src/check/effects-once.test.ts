// S4 catches effects that happen twice and answers that nobody asked for.
import { effectsHappenOnce } from './effects-once.ts';
import { healthyStory } from './testing/healthy-story.test-support.ts';
import { prove } from './testing/prove.test-support.ts';
import { behind, changed, tell, tellOutside, twice, without } from './testing/trace-story.test-support.ts';

const sentTwice = twice(healthyStory, 'tool.applied', 2);

prove({
  invariant: effectsHappenOnce,
  holds: {
    'a pure tool that runs twice': tell(twice(healthyStory, 'tool.applied', 1)),
    'a team outside whose effects are told and happen once': tellOutside(
      without(healthyStory, 'tool.returned'),
      {},
    ),
    'a question to people that is answered twice': tell(
      behind(healthyStory, 'approval.answered', [
        { kind: 'answer.accepted', command: 'c7', event: 'approval.decided' },
      ]),
    ),
  },
  breaks: [
    ['a `once` effect under one key', tell(sentTwice), 'took effect twice'],
    [
      'a `once` effect under a fresh key',
      tell(changed(sentTwice, 'tool.applied', { nth: 3, key: 'other' })),
      'send took effect twice for other',
    ],
    [
      'an idempotent effect under one key',
      tell(
        changed(changed(sentTwice, 'tool.applied', { nth: 2, effect: 'idempotent' }), 'tool.applied', {
          nth: 3,
          effect: 'idempotent',
        }),
      ),
      'took effect twice',
    ],
    ['a `once` effect of a team outside', tellOutside(sentTwice), 'took effect twice'],
    [
      'an answer to a command that was never dispatched',
      tell(changed(healthyStory, 'answer.accepted', { nth: 2, command: 'c99' })),
      'never dispatched',
    ],
    ['an answer that counts twice', tell(twice(healthyStory, 'answer.accepted', 3)), 'answered twice'],
  ],
  unknown: {
    'a team outside that does not tell its effects': tellOutside(
      changed(healthyStory, 'tool.applied', { nth: 2, effect: null }),
    ),
    'a team outside without any effect': tellOutside(
      without(without(healthyStory, 'tool.applied'), 'tool.applied'),
    ),
  },
});
