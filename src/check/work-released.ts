// S7: nothing goes on without its gate, and nothing high-stakes happens without a valid approval.
import { checkActions } from './approved-actions.ts';
import { checkConfidence } from './confident-work.ts';
import { isEdit } from './context-versions.ts';
import { checkGateAnswers } from './gates-answered.ts';
import type { Invariant } from './invariant.ts';
import { checkFeedback } from './feedback-returned.ts';
import { checkPauses } from './paused-work.ts';
import { definitionAt } from './pinned-definition.ts';
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, unknown, worst, type Ruling } from './verdict.ts';

export const workIsReleased: Invariant = {
  id: 'S7',
  sentence:
    'Nothing goes on without the pass of its gates, whose objections reach the agent, and nothing doubtful or high-stakes without a valid approval.',
  check(index) {
    if (index.trace.team === null) return unknown('the gates and approvals of this team are not known');
    return worst(
      checkGates(index),
      checkGateAnswers(index),
      checkConfidence(index),
      checkFeedback(index),
      checkActions(index),
      checkPauses(index),
    );
  },
};

type Release = StoryEvent<'releases'>;
type Pass = Extract<Release, { readonly kind: 'gate.passed' }>;

/** Walks each assignment's passes and refusals: what is let through needs a pass that nothing has undone since. */
function checkGates(index: TraceIndex): Ruling {
  const passes = new Map<string, Pass>();
  const versions = new Map<string, number>();
  for (const event of index.releases) {
    switch (event.kind) {
      case 'model.called':
        break;
      case 'agent.started':
        versions.set(event.assignment, event.version);
        break;
      case 'gate.passed':
        passes.set(event.assignment, event);
        break;
      case 'gate.rejected':
      case 'rework.requested':
      case 'context.conflicted':
        passes.delete(event.assignment);
        break;
      case 'context.committed':
      case 'agent.finished': {
        if (event.kind === 'context.committed' ? isEdit(event) : event.outcome !== 'done') break;
        const wrong = missingGate(index, event, {
          pass: passes.get(event.assignment),
          version: versions.get(event.assignment) ?? null,
        });
        if (wrong !== null) return broken(wrong, event.seq);
      }
    }
  }
  return held;
}

function missingGate(
  index: TraceIndex,
  event: { readonly agent: string },
  { pass, version }: { readonly pass: Pass | undefined; readonly version: number | null },
): string | null {
  if (pass === undefined) return `the work of ${event.agent} went on without a gate that passed it`;
  const gates = definitionAt(index.trace, event.agent, version)?.gates ?? [];
  const skipped = gates.find((gate) => !pass.gates.includes(gate));
  return skipped === undefined ? null : `the work of ${event.agent} went on without the gate ${skipped}`;
}
