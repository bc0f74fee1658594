// The audit trail: bound entry by entry, so that nothing can be changed, dropped, added or moved unseen. S11.
import { describe, expect, it } from 'vitest';
import { sha256 } from '../base/digest.ts';
import { auditEntry, firstBrokenLink, sealHolds, type AuditEntry, type AuditHash } from './audit.ts';

function chain(hash?: AuditHash): readonly AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let serial = 1; serial <= 5; serial += 1) {
    const link = {
      serial,
      notes: [{ kind: 'resumed', epoch: serial } as const],
      previous: entries.at(-1)?.hash ?? '',
    };
    entries.push(auditEntry({ kind: 'recovered', atMs: 10 * serial, epoch: serial }, link, hash));
  }
  return entries;
}

const sealed: AuditHash = (parts) => sha256(JSON.stringify(parts));

const third = (changes: Partial<AuditEntry>): readonly AuditEntry[] =>
  chain().map((entry) => (entry.serial === 3 ? { ...entry, ...changes } : entry));

describe('an audit trail', () => {
  it('is whole as it was written, whatever the hash', () => {
    expect(firstBrokenLink(chain())).toBe(0);
    expect(firstBrokenLink(chain(sealed), sealed)).toBe(0);
    expect(firstBrokenLink([])).toBe(0);
    expect(chain().every((entry) => sealHolds(entry))).toBe(true);
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
    const [a, b, c, d, e] = chain() as [AuditEntry, AuditEntry, AuditEntry, AuditEntry, AuditEntry];
    expect(firstBrokenLink([a, b, d, e])).toBe(3);
    expect(firstBrokenLink([a, b, b, c])).toBe(3);
    expect(firstBrokenLink([a, c, b, d, e])).toBe(2);
    expect(firstBrokenLink([b, c])).toBe(1);
  });

  it('that was sealed again after a change does not fit what follows', () => {
    const entries = [...chain()];
    const { serial, previous } = entries[2]!;
    entries[2] = auditEntry({ kind: 'recovered', atMs: 99, epoch: 3 }, { serial, previous, notes: [] });
    expect(sealHolds(entries[2])).toBe(true);
    expect(firstBrokenLink(entries)).toBe(4);
  });
});
