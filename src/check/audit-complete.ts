// S11: the audit trail is whole: one entry an event, none altered, every decision in it.
import { firstBrokenLink, sealHolds, type AuditEntry } from '../trace/audit.ts';
import type { Invariant } from './invariant.ts';
import type { TraceIndex } from './trace-index.ts';
import { broken, held, unknown, type Ruling } from './verdict.ts';

const SPOT_CHECK_EVERY = 48;

/**
 * Hashing a whole chain costs more than all other invariants together, so a run that was never written down is spot
 * checked: all links and counts, and the hashes of a few entries that the seed picks. `auditChainHolds` hashes all.
 */
export const auditComplete: Invariant = {
  id: 'S11',
  sentence: 'The audit chain has one entry an event, unbroken, and every decision is in it.',
  check(index) {
    const { audit, state } = index.trace;
    if (audit === null || state === null) return unknown('this team keeps no audit trail');
    if (audit.length !== state.events)
      return broken(`${state.events} events were stepped, and the audit trail has ${audit.length} entries`);
    const gap = firstGap(audit) || firstAltered(audit, index.trace.seed);
    if (gap > 0) return broken(`the audit trail is broken at entry ${gap}`);
    return everyNoteIn(index, audit);
  },
};

/** The full test of a chain, hash by hash, for one trace at a time. */
export function auditChainHolds(audit: readonly AuditEntry[]): Ruling {
  const place = firstBrokenLink(audit);
  return place === 0 ? held : broken(`the audit trail is broken at entry ${place}`);
}

/** The serial of the first entry out of place or not bound to the one before it; 0 when there is none. */
function firstGap(audit: readonly AuditEntry[]): number {
  let previous = '';
  for (let place = 0; place < audit.length; place += 1) {
    const entry = audit[place]!;
    if (entry.serial !== place + 1 || entry.previous !== previous || entry.hash === '') return place + 1;
    previous = entry.hash;
  }
  return 0;
}

/** The serial of the first picked entry whose content is not what was sealed; 0 when there is none. */
function firstAltered(audit: readonly AuditEntry[], seed: number): number {
  for (let place = Math.abs(seed) % SPOT_CHECK_EVERY; place < audit.length; place += SPOT_CHECK_EVERY)
    if (!sealHolds(audit[place]!)) return place + 1;
  return 0;
}

/** Both are in the order of decision, so they must agree one by one. */
function everyNoteIn(index: TraceIndex, audit: readonly AuditEntry[]): Ruling {
  let place = 0;
  for (const entry of audit) {
    // A timer that finds nothing left to do is the one event that needs no decision.
    if (entry.notes.length === 0 && entry.event !== 'timer.fired')
      return broken(`entry ${entry.serial} of the audit trail says nothing of what became of ${entry.event}`);
    for (const note of entry.notes) {
      const told = index.notes[place];
      if (told?.kind !== note.kind)
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
