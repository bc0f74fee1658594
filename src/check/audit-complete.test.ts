// S11 catches entries that are gone, moved, altered or never written.
import { describe, expect, it } from 'vitest';
import type { Trace } from '../trace/trace.ts';
import { auditChainHolds, auditComplete } from './audit-complete.ts';
import { healthyTrace, outsideTrace, prove } from './testing/prove.test-support.ts';

const { state } = healthyTrace;
const audit = healthyTrace.audit ?? [];
const withAudit = (entries: typeof audit, events = entries.length): Trace => ({
  ...healthyTrace,
  audit: entries,
  state: { ...state!, events },
});
const gap = audit.toSpliced(9, 1);
const swapped = audit.toSpliced(4, 2, audit[5]!, audit[4]!);
const altered = (place: number) => audit.with(place, { ...audit[place]!, atMs: 1 });
const silentEntry = audit.with(audit.length - 1, { ...audit.at(-1)!, notes: [] });

prove({
  invariant: auditComplete,
  breaks: [
    ['an entry that is gone', withAudit(gap, audit.length), `${audit.length} events were stepped`],
    ['a gap that the counts hide', withAudit(gap), 'broken at entry 10'],
    ['two entries in each other’s place', withAudit(swapped), 'broken at entry 5'],
    ['an entry that was altered, where the seed looks', withAudit(altered(1)), 'broken at entry 2'],
    [
      'a decision that is not in the trail',
      withAudit(silentEntry),
      'mission.ended is not in the audit trail',
    ],
    [
      'a decision that is not in the trace',
      { ...healthyTrace, events: healthyTrace.events.filter(({ kind }) => kind !== 'gate.passed') },
      'tells of gate.passed',
    ],
  ],
  unknown: { 'a team without an audit trail': outsideTrace },
});

describe('the full test of an audit chain', () => {
  it('finds an altered entry wherever it is', () => {
    expect(auditChainHolds(audit)).toEqual({ kind: 'held' });
    for (const place of audit.keys())
      expect(auditChainHolds(altered(place))).toMatchObject({
        kind: 'broken',
        sentence: `the audit trail is broken at entry ${place + 1}`,
      });
  });
});
