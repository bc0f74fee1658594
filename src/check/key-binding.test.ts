// S3 catches keys that stand for two calls, and lets a redispatch of the same call pass.
import { keysBoundOnce } from './key-binding.ts';
import { healthyStory } from './testing/healthy-story.test-support.ts';
import { outsideTrace, prove } from './testing/prove.test-support.ts';
import { changed, tell, twice } from './testing/trace-story.test-support.ts';

const modelTwice = twice(healthyStory, 'model.called');
const toolTwice = twice(healthyStory, 'tool.called');

prove({
  invariant: keysBoundOnce,
  holds: {
    'an effect that keeps its key under the next version of its agent': tell(
      changed(twice(healthyStory, 'tool.called', 2), 'tool.called', { nth: 3, version: 2 }),
    ),
    'a model call that is dispatched again': tell(modelTwice),
    'a second attempt of a tool under one key': tell(
      changed(toolTwice, 'tool.called', { nth: 2, attempt: 2 }),
    ),
  },
  breaks: [
    [
      'a model key used by another turn',
      tell(changed(modelTwice, 'model.called', { nth: 2, turn: 2 })),
      'two model calls',
    ],
    [
      'a model key kept by a retry',
      tell(changed(modelTwice, 'model.called', { nth: 2, attempt: 2 })),
      'two model calls',
    ],
    [
      'a model key used by another assignment',
      tell(changed(modelTwice, 'model.called', { nth: 2, assignment: 'a9' })),
      'two model calls',
    ],
    [
      'a tool key used for other arguments',
      tell(changed(toolTwice, 'tool.called', { nth: 2, arguments: { q: 'other' } })),
      'two tool calls',
    ],
    [
      'the key of a read used by another version',
      tell(changed(toolTwice, 'tool.called', { nth: 2, version: 2 })),
      'two tool calls',
    ],
    [
      'a tool key used by another agent',
      tell(changed(toolTwice, 'tool.called', { nth: 2, agent: 'closer' })),
      'two tool calls',
    ],
    [
      'a key that the driver saw with another input',
      tell(changed(healthyStory, 'finding', { nth: 3, held: false, detail: 'key k, other brief' })),
      'other brief',
    ],
  ],
  unknown: { 'a team that has no keys of its own': outsideTrace },
});
