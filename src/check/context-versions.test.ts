// S6 follows the context by itself and catches lost updates, stale reads and a wrong end.
import { fingerprint } from '../base/fingerprint.ts';
import { contextMovesByOne } from './context-versions.ts';
import { healthyStory, stoppedAfter } from './testing/healthy-story.test-support.ts';
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

const end = healthyStory.find((line) => line.kind === 'mission.ended')!;
const context = { ...end.context };
const endsWith = (
  fields: Record<string, string | number | readonly string[]>,
  story: Story = healthyStory,
): Story => changed(story, 'mission.ended', { context: { ...context, ...fields } });

const edit = (patch: Record<string, string>): Line => ({
  kind: 'context.committed',
  agent: 'ada',
  assignment: 'edit',
  base: 2,
  version: 3,
  patch,
});
/** Somebody edits the context while the closer works, so that the closer's commit is the fourth version. */
const edited = (patch: Record<string, string>): Story =>
  changed(
    changed(behind(healthyStory, 'approval.requested', [edit(patch)]), 'context.committed', {
      nth: 3,
      version: 4,
    }),
    'mission.ended',
    { contextVersion: 4, context: { ...context, ...patch } },
  );
/** The closer writes the draft, which `reject` guards. */
const closerWritesDraft = (story: Story): Story =>
  changed(endsWith({ draft: 'mine' }, story), 'context.committed', {
    nth: 3,
    patch: { sent: true, notes: ['sent'], tags: ['b', 'c'], score: 3, draft: 'mine' },
  });

/** The writer's draft meets a newer context, and it is asked again: on a fresh slice, or on the old one. */
const conflicted = (...read: Story): Story =>
  behind(healthyStory, 'gate.answered', [
    { ...(edit({ draft: 'edited' }) as Line & { kind: 'context.committed' }), base: 1, version: 2 },
    { kind: 'context.conflicted', agent: 'writer', assignment: 'a1', base: 1, version: 2, keys: ['draft'] },
    ...read,
    { ...asked, call: 'c30', contextVersion: read.length > 0 ? 2 : 1 },
  ]);
const asked = healthyStory.find((line) => line.kind === 'model.called') as Line & { kind: 'model.called' };
const freshRead: Line = {
  kind: 'context.read',
  agent: 'writer',
  assignment: 'a1',
  version: 2,
  keys: ['brief'],
};
const stopsAfterConflict = (story: Story): Story => story.slice(0, seqOf(story, 'context.conflicted') + 2);

const search = { name: 'search', arguments: { q: 'acme' } };
const kept: Line = { kind: 'fact.kept', tool: 'search', fact: fingerprint(search), agent: 'writer' };
/** The closer asks its model's question again, and is served what the writer found. */
const served = (fields: Partial<Line & { kind: 'fact.served' }> = {}): Story => {
  const story = changed(behind(healthyStory, 'tool.returned', [kept]), 'model.answered', {
    nth: 3,
    toolCalls: [{ id: 's1', ...search }],
  });
  const fact = fingerprint(search);
  const cause = seqOf(story, 'model.answered', 3);
  const line: Line = { kind: 'fact.served', tool: 'search', fact, agent: 'closer', foundBy: 'writer', cause };
  return behind(story, 'model.answered', [{ ...line, ...fields }], 3);
};

prove({
  invariant: contextMovesByOne,
  holds: {
    'a rework on a fresh slice, after a conflict': tell(stopsAfterConflict(conflicted(freshRead))),
    'a fact that was found before': tell(served()),
    'a mission that has not ended': tell(stoppedAfter('handoff.sent', { pending: 1 })),
    'an edit of a key that the closer does not write': tell(edited({ draft: 'edited' })),
    'an edit of a key that an agent owns': tell(edited({ tone: 'formal' })),
  },
  breaks: [
    [
      'a version that is left out',
      tell(changed(healthyStory, 'context.committed', { version: 3 })),
      'committed after 1',
    ],
    [
      'a base that is not there yet',
      tell(changed(healthyStory, 'context.committed', { base: 2 })),
      'not there yet',
    ],
    [
      'a stale slice',
      tell(changed(healthyStory, 'context.read', { nth: 2, version: 1 })),
      'was served context 1',
    ],
    [
      'a slice that is not what was read',
      tell(changed(healthyStory, 'model.called', { nth: 3, slice: { brief: 'short', draft: 'old' } })),
      'shown something else than context 2',
    ],
    [
      'a call on another version than was read',
      tell(changed(healthyStory, 'model.called', { nth: 3, contextVersion: 1 })),
      'had read 2',
    ],
    [
      'a constraint that is kept back',
      tell(changed(healthyStory, 'context.read', { nth: 2, keys: ['draft'] })),
      'was not shown the constraint brief',
    ],
    [
      'a rework on the old slice, after a conflict',
      tell(stopsAfterConflict(conflicted())),
      'asked again on context 1, after a conflict at 2',
    ],
    ['a fact that nobody found', tell(without(served(), 'fact.kept')), 'nobody had found'],
    ['a fact that another agent found', tell(served({ foundBy: 'closer' })), 'nobody had found'],
    [
      'a fact that answers another question',
      tell(
        changed(served(), 'model.answered', {
          nth: 3,
          toolCalls: [{ id: 's1', name: 'search', arguments: {} }],
        }),
      ),
      'had not asked for',
    ],
    ['a lost update', tell(closerWritesDraft(edited({ draft: 'edited' }))), 'a newer write is lost'],
    [
      'a constraint that the writer never saw',
      tell(edited({ brief: 'long' })),
      'the constraint brief is newer',
    ],
    [
      'a write by somebody who does not own the key',
      tell(
        changed(endsWith({ tone: 'cold' }), 'context.committed', {
          nth: 2,
          patch: { sent: true, notes: ['sent'], tags: ['c'], score: 3, tone: 'cold' },
        }),
      ),
      'another agent owns',
    ],
    ['a list that lost what was appended', tell(endsWith({ notes: ['asked', 'sent'] })), 'at notes'],
    ['a union with a double', tell(endsWith({ tags: ['a', 'b', 'b', 'c'] })), 'at tags'],
    ['a sum that forgot a part', tell(endsWith({ score: 3 })), 'at score'],
    ['a key out of nowhere', tell(endsWith({ extra: 1 })), 'at extra'],
    [
      'an end at another version',
      tell(changed(healthyStory, 'mission.ended', { contextVersion: 2 })),
      'lead to 3',
    ],
  ],
  unknown: { 'a team without a context that can be followed': outsideTrace },
});
