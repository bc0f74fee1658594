// S11: the audit trail is whole: one entry an event, none altered, every decision in it.
import { firstBrokenLink, isSealed, type AuditLine } from '../trace/audit.ts';
import type { Invariant } from './invariant.ts';
import type { TraceIndex } from './trace-index.ts';
import { broken, held, unknown, type Ruling } from './verdict.ts';

/** A trail that was sealed is hashed whole; either kind is compared with the trace line by line. */
export const auditComplete: Invariant = {
  id: 'S11',
  sentence: 'The audit trail has one entry an event, unbroken, and every decision is in it.',
  check(index) {
    const { audit, state } = index.trace;
    if (audit === null || state === null) return unknown('this team keeps no audit trail');
    if (audit.length !== state.events)
      return broken(`${state.events} events were stepped, and the audit trail has ${audit.length} entries`);
    const gap = isSealed(audit) ? firstBrokenLink(audit) : firstGap(audit);
    if (gap > 0) return broken(`the audit trail is broken at entry ${gap}`);
    return everyNoteIn(index, audit);
  },
};

/** The serial of the first line out of place; 0 when there is none. */
function firstGap(audit: readonly AuditLine[]): number {
  for (let place = 0; place < audit.length; place += 1)
    if (audit[place]!.serial !== place + 1) return place + 1;
  return 0;
}

/** Both are in the order of decision, so they must agree one by one. */
function everyNoteIn(index: TraceIndex, audit: readonly AuditLine[]): Ruling {
  let place = 0;
  for (const entry of audit) {
    // A timer that finds nothing left to do is the one event that needs no decision.
    if (entry.notes.length === 0 && entry.event !== 'timer.fired')
      return broken(`entry ${entry.serial} of the audit trail says nothing of what became of ${entry.event}`);
    for (const note of entry.notes) {
      const told = index.notes[place];
      if (told !== note && told?.kind !== note.kind)
        return broken(
          `entry ${entry.serial} of the audit trail tells of ${note.kind}, the trace of ${told?.kind ?? 'nothing'}`,
          told?.seq ?? 0,
        );
      place += 1;
    }
  }
  const left = index.notes[place];
  return left === undefined ? held : broken(`${left.kind} is not in the audit trail`, left.seq);
}
