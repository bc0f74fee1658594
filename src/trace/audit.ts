// The audit trail: one line an event, and the seal that binds each line to the one before it by a hash.
//
// A run keeps plain lines: a chain that is hashed and verified in one breath, in one memory, proves nothing that comparing
// line by line does not. It is sealed where it leaves that memory, and from then on checked hash by hash.
import { structureHash } from '../base/structure-hash.ts';
import type { Note } from '../steward/note.ts';
import type { StewardEvent } from '../steward/event.ts';

export interface AuditLine {
  /** 1-based; equals the place of the event in the journal. */
  readonly serial: number;
  readonly event: string;
  readonly atMs: number;
  readonly notes: readonly Note[];
}

export interface AuditEntry extends AuditLine {
  /** Hash of the previous entry; empty for the first. */
  readonly previous: string;
  readonly hash: string;
}

/** Hashes what an entry seals: the previous hash, the serial, the event, the time, the notes. */
export type AuditHash = (sealed: readonly unknown[]) => string;

export function auditLine(event: StewardEvent, serial: number, notes: readonly Note[]): AuditLine {
  return { serial, event: event.kind, atMs: event.atMs, notes };
}

/** The chain of these lines. The default hash finds damage; a trail that must resist forgery passes SHA-256. */
export function sealTrail(
  lines: readonly AuditLine[],
  hash: AuditHash = structureHash,
): readonly AuditEntry[] {
  let previous = '';
  return lines.map((line) => {
    const entry = seal(line, previous, hash);
    previous = entry.hash;
    return entry;
  });
}

/** One line as the next entry of a chain, after the entry with the hash `previous`. */
export function seal(line: AuditLine, previous: string, hash: AuditHash = structureHash): AuditEntry {
  const { serial, event, atMs, notes } = line;
  return { serial, event, atMs, notes, previous, hash: hash(sealed(line, previous)) };
}

/** True for a trail that was sealed, wholly or in part. */
export function isSealed(trail: readonly AuditLine[]): trail is readonly AuditEntry[] {
  return trail.some((line) => 'hash' in line);
}

/** The serial of the first entry that does not fit the chain; 0 when the chain is whole. */
export function firstBrokenLink(entries: readonly AuditEntry[], hash: AuditHash = structureHash): number {
  let previous = '';
  for (const [index, entry] of entries.entries()) {
    const whole =
      entry.serial === index + 1 &&
      entry.previous === previous &&
      entry.hash === hash(sealed(entry, previous));
    if (!whole) return index + 1;
    previous = entry.hash;
  }
  return 0;
}

function sealed({ serial, event, atMs, notes }: AuditLine, previous: string): readonly unknown[] {
  return [previous, serial, event, atMs, notes];
}
