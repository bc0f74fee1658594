// Which events of a trace are the steward's own notes.
import type { Note } from '../../steward/note.ts';
import type { TraceEvent } from '../../trace/event.ts';

const noteKinds: Readonly<Record<Note['kind'], true>> = {
  'mission.started': true,
  'mission.ended': true,
  'agent.started': true,
  'agent.finished': true,
  'outside.accepted': true,
  'answer.accepted': true,
  'event.ignored': true,
  'context.read': true,
  'context.committed': true,
  'context.conflicted': true,
  'fact.kept': true,
  'fact.served': true,
  'gate.passed': true,
  'gate.rejected': true,
  'rework.requested': true,
  'retry.scheduled': true,
  'approval.requested': true,
  'approval.decided': true,
  'approval.refused': true,
  'approval.expired': true,
  'approval.outdated': true,
  'budget.reserved': true,
  'budget.settled': true,
  'budget.presumed': true,
  'budget.alerted': true,
  'budget.breached': true,
  'credential.granted': true,
  'credential.revoked': true,
  'credential.refused': true,
  escalated: true,
  'loop.alarmed': true,
  'tool.inDoubt': true,
  'agent.pinned': true,
  resumed: true,
};

export function isNote(event: TraceEvent): boolean {
  return Object.hasOwn(noteKinds, event.kind);
}
