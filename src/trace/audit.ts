// The audit trail: one entry an event, each bound to the one before it by a hash.
import { structureHash } from '../base/structure-hash.ts';
import type { Note } from '../steward/note.ts';
import type { StewardEvent } from '../steward/event.ts';

export interface AuditEntry {
  /** 1-based; equals the place of the event in the journal. */
  readonly serial: number;
  readonly event: string;
  readonly atMs: number;
  readonly notes: readonly Note[];
  /** Hash of the previous entry; empty for the first. */
  readonly previous: string;
  readonly hash: string;
}

/** Hashes what an entry seals: the previous hash, the serial, the event, the time, the notes. */
export type AuditHash = (sealed: readonly unknown[]) => string;

export interface AuditLink {
  readonly serial: number;
  readonly notes: readonly Note[];
  readonly previous: string;
}

/** The next entry of a chain. The default hash finds damage; a journal that must resist forgery passes SHA-256. */
export function auditEntry(
  event: StewardEvent,
  link: AuditLink,
  hash: AuditHash = structureHash,
): AuditEntry {
  const { serial, notes, previous } = link;
  const { kind, atMs } = event;
  return { serial, event: kind, atMs, notes, previous, hash: hash([previous, serial, kind, atMs, notes]) };
}

/** The serial of the first entry that does not fit the chain; 0 when the chain is whole. */
export function firstBrokenLink(entries: readonly AuditEntry[], hash: AuditHash = structureHash): number {
  let previous = '';
  for (const [index, entry] of entries.entries()) {
    const whole =
      entry.serial === index + 1 && entry.previous === previous && entry.hash === hash(sealed(entry));
    if (!whole) return index + 1;
    previous = entry.hash;
  }
  return 0;
}

/** Whether one entry's hash is that of its own content; says nothing about its neighbours. */
export function sealHolds(entry: AuditEntry, hash: AuditHash = structureHash): boolean {
  return entry.hash === hash(sealed(entry));
}

function sealed(entry: AuditEntry): readonly unknown[] {
  return [entry.previous, entry.serial, entry.event, entry.atMs, entry.notes];
}
