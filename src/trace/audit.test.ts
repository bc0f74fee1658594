// The audit trail: once sealed, bound entry by entry, so that nothing can be changed, dropped, added or moved unseen. S11.
import { describe, expect, it } from 'vitest';
import { sha256 } from '../base/digest.ts';
import {
  auditLine,
  firstBrokenLink,
  isSealed,
  seal,
  sealTrail,
  type AuditEntry,
  type AuditHash,
  type AuditLine,
} from './audit.ts';

const lines = [1, 2, 3, 4, 5].map((serial) =>
  auditLine({ kind: 'recovered', atMs: 10 * serial, epoch: serial }, serial, [
    { kind: 'resumed', epoch: serial },
  ]),
);

const sha: AuditHash = (parts) => sha256(JSON.stringify(parts));

const third = (changes: Partial<AuditEntry>): readonly AuditEntry[] =>
  sealTrail(lines).map((entry) => (entry.serial === 3 ? { ...entry, ...changes } : entry));

describe('an audit trail', () => {
  it('is whole as it was sealed, whatever the hash', () => {
    expect(firstBrokenLink(sealTrail(lines))).toBe(0);
    expect(firstBrokenLink(sealTrail(lines, sha), sha)).toBe(0);
    expect(firstBrokenLink([])).toBe(0);
  });

  it('counts as sealed as soon as one of its lines is', () => {
    expect(isSealed(lines)).toBe(false);
    const mixed: readonly AuditLine[] = lines.with(4, seal(lines[4]!, ''));
    expect(isSealed(mixed) && firstBrokenLink(mixed)).toBe(1);
  });

  it.each<[string, Partial<AuditEntry>]>([
    ['a note', { notes: [{ kind: 'resumed', epoch: 4 }] }],
    ['a note left out', { notes: [] }],
    ['the event', { event: 'cancelled' }],
    ['the time', { atMs: 31 }],
    ['the serial', { serial: 4 }],
    ['the hash', { hash: '0'.repeat(16) }],
    ['the link', { previous: '' }],
  ])('shows where %s was changed', (_what, changes) => {
    expect(firstBrokenLink(third(changes))).toBe(3);
  });

  it('shows that an entry was dropped, doubled or moved', () => {
    const [a, b, c, d, e] = sealTrail(lines) as [AuditEntry, AuditEntry, AuditEntry, AuditEntry, AuditEntry];
    expect(firstBrokenLink([a, b, d, e])).toBe(3);
    expect(firstBrokenLink([a, b, b, c])).toBe(3);
    expect(firstBrokenLink([a, c, b, d, e])).toBe(2);
    expect(firstBrokenLink([b, c])).toBe(1);
  });

  it('that was sealed again after a change does not fit what follows', () => {
    const entries = [...sealTrail(lines)];
    entries[2] = seal({ ...lines[2]!, atMs: 99 }, entries[1]!.hash);
    expect(firstBrokenLink(entries.slice(0, 3))).toBe(0);
    expect(firstBrokenLink(entries)).toBe(4);
  });
});
