// The audit trail: one entry an event, each bound to the one before it by a hash.
import { fingerprintText } from '../base/fingerprint.ts';
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

export type AuditHash = (text: string) => string;

export interface AuditLink {
  readonly serial: number;
  readonly notes: readonly Note[];
  readonly previous: string;
}

/** The next entry of a chain. The default hash finds damage; a journal that must resist forgery passes SHA-256. */
export function auditEntry(
  event: StewardEvent,
  link: AuditLink,
  hash: AuditHash = fingerprintText,
): AuditEntry {
  const entry = { ...link, event: event.kind, atMs: event.atMs };
  return { ...entry, hash: hash(sealedText(entry, link.previous)) };
}

/** The serial of the first entry that does not fit the chain; 0 when the chain is whole. */
export function firstBrokenLink(entries: readonly AuditEntry[], hash: AuditHash = fingerprintText): number {
  let previous = '';
  for (const [index, entry] of entries.entries()) {
    const whole =
      entry.serial === index + 1 &&
      entry.previous === previous &&
      entry.hash === hash(sealedText(entry, previous));
    if (!whole) return index + 1;
    previous = entry.hash;
  }
  return 0;
}

/** Whether one entry's hash is that of its own content; says nothing about its neighbours. */
export function sealHolds(entry: AuditEntry, hash: AuditHash = fingerprintText): boolean {
  return entry.hash === hash(sealedText(entry, entry.previous));
}

function sealedText(entry: Omit<AuditEntry, 'hash'>, previous: string): string {
  return `${previous}|${entry.serial}|${entry.event}|${entry.atMs}|${JSON.stringify(entry.notes)}`;
}
