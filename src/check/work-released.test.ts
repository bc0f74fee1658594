// S7 catches skipped gates, and approvals that are missing, refused, late, foreign, outdated or used again.
import { healthyStory } from './testing/healthy-story.test-support.ts';
import { outsideTrace, prove } from './testing/prove.test-support.ts';
import { storyTeam } from './testing/story-team.test-support.ts';
import {
  behind,
  changed,
  storyStartMs,
  tell,
  without,
  type Line,
  type Story,
} from './testing/trace-story.test-support.ts';
import type { Trace } from '../trace/trace.ts';
import { workIsReleased } from './work-released.ts';

const rejected: Line = {
  kind: 'gate.rejected',
  agent: 'writer',
  assignment: 'a1',
  rework: 0,
  feedback: ['no'],
};
const rework: Line = {
  kind: 'rework.requested',
  agent: 'writer',
  assignment: 'a1',
  rework: 1,
  feedback: ['no'],
};
const passed: Line = {
  kind: 'gate.passed',
  agent: 'writer',
  assignment: 'a1',
  rework: 1,
  gates: ['quality', 'tone'],
};
const asked = healthyStory.find((line) => line.kind === 'model.called') as Line & { kind: 'model.called' };
/** The draft is sent back, asked for again with this feedback, and passes. */
const sentBack = (feedback: readonly string[]): Story =>
  behind(changed(healthyStory, 'gate.answered', { passed: false }), 'gate.answered', [
    rejected,
    rework,
    { ...asked, call: 'c30', feedback },
    { ...gateCalled, call: 'c31' },
    { kind: 'gate.answered', call: 'c31', passed: true },
    passed,
  ]);
/** The writer is less sure than its contract wants it to be; a person on its escalation path may accept the work. */
const unsure = (story: Story = healthyStory): Trace => {
  const { writer } = storyTeam.agents;
  const careful = { ...writer!, confidenceMin: 0.5, escalateTo: ['human:ada'] };
  return tell(changed(story, 'agent.finished', { confidence: 0.4 }), {
    team: { ...storyTeam, agents: { ...storyTeam.agents, writer: careful } },
  });
};
const acceptedBy = (name: string, decision: 'approve' | 'reject' = 'approve'): Story => {
  const question = { request: 'c40', contextVersion: 1, fingerprint: 'f' };
  const asks = { agent: 'writer', name, approvers: [name], expiresAtMs: storyStartMs + 10_000 };
  return behind(healthyStory, 'gate.passed', [
    { kind: 'approval.requested', ...asks, ...question },
    { kind: 'approval.decided', decision, approver: name, ...question },
  ]);
};
const gateCalled = healthyStory.find((line) => line.kind === 'gate.called') as Line & { kind: 'gate.called' };
const edit: Line = {
  kind: 'context.committed',
  agent: 'ada',
  assignment: 'edit',
  base: 2,
  version: 3,
  patch: { draft: 'edited' },
};
const send = healthyStory.find((line) => line.kind === 'tool.called' && line.tool === 'send') as Line & {
  kind: 'tool.called';
};
const afterDecision = (...more: Story): Story => behind(healthyStory, 'approval.decided', more);

const pauseWord = (event: 'paused' | 'resumed'): Line => ({ kind: 'outside.accepted', event });

prove({
  invariant: workIsReleased,
  holds: {
    'work that goes on after a pause': tell(
      behind(healthyStory, 'mission.started', [pauseWord('paused'), pauseWord('resumed')]),
    ),
    'an unsure agent whose work a person accepted': unsure(acceptedBy('ada')),
    'a pass after the gate was asked a second time': tell(
      behind(changed(healthyStory, 'gate.answered', { passed: false }), 'gate.answered', [
        gateCalled,
        { kind: 'gate.answered', call: gateCalled.call, passed: true },
      ]),
    ),
    'rework that is told why': tell(sentBack(['no', 'and finish'])),
    'rework that passes in the end': tell(behind(healthyStory, 'gate.passed', [rework, passed])),
    'a call that is dispatched again after a crash, when the context has moved': tell(
      behind(healthyStory, 'tool.called', [edit, { ...send, epoch: 2 }], 2),
    ),
    'an edit by a person, without a gate': tell(behind(healthyStory, 'mission.ended', [edit])),
    'work that fails without a gate': tell(
      behind(healthyStory, 'mission.ended', [
        {
          kind: 'agent.finished',
          agent: 'writer',
          assignment: 'a8',
          outcome: 'failed',
          confidence: null,
          tokens: 0,
        },
      ]),
    ),
  },
  breaks: [
    [
      'work that is sent out during a pause',
      tell(behind(healthyStory, 'mission.started', [pauseWord('paused')])),
      'while the mission was paused',
    ],
    ['a skipped gate', tell(without(healthyStory, 'gate.passed')), 'without a gate that passed it'],
    [
      'work that the gate said no to',
      tell(changed(healthyStory, 'gate.answered', { passed: false })),
      'the gate had said no',
    ],
    ['a gate that never answered', tell(without(healthyStory, 'gate.answered')), 'never answered'],
    [
      'a gate that was not asked',
      tell(changed(healthyStory, 'gate.called', { gates: ['quality'] })),
      'the gate tone, which was not asked',
    ],
    ['an unsure agent that nobody was asked about', unsure(), 'only 0.4 sure'],
    ['an unsure agent whose work was not accepted', unsure(acceptedBy('ada', 'reject')), 'only 0.4 sure'],
    ['a yes of somebody off the escalation path', unsure(acceptedBy('bob')), 'only 0.4 sure'],
    [
      'a gate left out of the list',
      tell(changed(healthyStory, 'gate.passed', { gates: ['quality'] })),
      'the gate tone',
    ],
    [
      'a draft that was sent back after its pass',
      tell(behind(healthyStory, 'gate.passed', [rejected])),
      'without a gate',
    ],
    [
      'reworked output that no gate saw',
      tell(behind(healthyStory, 'gate.passed', [rework])),
      'without a gate',
    ],
    [
      'a commit after a conflict, without rework',
      tell(
        behind(healthyStory, 'gate.passed', [
          {
            kind: 'context.conflicted',
            agent: 'writer',
            assignment: 'a1',
            base: 1,
            version: 2,
            keys: ['draft'],
          },
        ]),
      ),
      'without a gate',
    ],
    ['feedback that never reaches the agent', tell(sentBack([])), 'not told: no'],
    [
      'feedback that is lost between the gate and the rework',
      tell(changed(sentBack([]), 'rework.requested', { feedback: [] })),
      'not told: no',
    ],
    [
      'work without a patch, handed on without a gate',
      tell(without(without(healthyStory, 'context.committed', 2), 'gate.passed', 2)),
      'the work of closer went on without a gate',
    ],
    [
      'a call without an approval',
      tell(changed(healthyStory, 'tool.called', { nth: 2, approval: null })),
      'without a decision',
    ],
    ['a call before its decision', tell(without(healthyStory, 'approval.decided')), 'without a decision'],
    ['a refusal', tell(changed(healthyStory, 'approval.decided', { decision: 'reject' })), 'was refused'],
    [
      'an approver who was not asked',
      tell(changed(healthyStory, 'approval.decided', { approver: 'closer' })),
      'not asked',
    ],
    [
      'a decision that came too late',
      tell(changed(healthyStory, 'approval.requested', { expiresAtMs: 5 })),
      'had expired',
    ],
    [
      'an approval of another action',
      tell(changed(healthyStory, 'tool.called', { nth: 2, arguments: { to: 'evil' } })),
      'another action',
    ],
    [
      'a decision on another version',
      tell(changed(healthyStory, 'approval.decided', { contextVersion: 1 })),
      'another context version',
    ],
    [
      'a call that names another version than its approval',
      tell(changed(healthyStory, 'tool.called', { nth: 2, contextVersion: 1 })),
      'is bound to context 2',
    ],
    ['an approval that is not bound to its version', tell(afterDecision(edit)), 'the newest is 3'],
    [
      'an approval that had run out',
      tell(afterDecision({ kind: 'approval.expired', request: 'c7', agent: 'closer' })),
      'no longer held',
    ],
    [
      'an approval that is used twice',
      tell(behind(healthyStory, 'tool.returned', [{ ...send, call: 'c20', key: 'other' }], 2)),
      'had released another call',
    ],
  ],
  unknown: { 'a team whose gates are not known': outsideTrace },
});
