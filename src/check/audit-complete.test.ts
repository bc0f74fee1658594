// S11 catches entries that are gone, moved, altered or never written.
import { describe, expect, it } from 'vitest';
import { auditEntry, type AuditEntry, type AuditLink } from '../trace/audit.ts';
import type { TraceEvent } from '../trace/event.ts';
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
const untold: TraceEvent = { kind: 'agent.pinned', agent: 'writer', version: 2, seq: 0, atMs: 9, cause: 0 };
const linkTo = ({ hash }: AuditEntry, place: number): AuditLink => ({
  serial: place + 1,
  notes: [],
  previous: hash,
});
const gap = audit.toSpliced(9, 1);
const swapped = audit.toSpliced(4, 2, audit[5]!, audit[4]!);
const altered = (place: number) => audit.with(place, { ...audit[place]!, atMs: 1 });
const last = audit.at(-1)!;
const silentEntry = [
  ...audit,
  auditEntry({ kind: 'paused', atMs: 9, by: 'ada' }, linkTo(last, audit.length)),
];
const idleTimer = [
  ...audit,
  auditEntry({ kind: 'timer.fired', atMs: 9, command: 't1', epoch: 1 }, linkTo(last, audit.length)),
];
const forgetful = audit.with(audit.length - 1, { ...last, notes: [last.notes[0]!, last.notes[0]!] });

prove({
  invariant: auditComplete,
  holds: { 'a timer that found nothing to do': withAudit(idleTimer) },
  breaks: [
    ['an entry that is gone', withAudit(gap, audit.length), `${audit.length} events were stepped`],
    ['a gap that the counts hide', withAudit(gap), 'broken at entry 10'],
    ['two entries in each other’s place', withAudit(swapped), 'broken at entry 5'],
    ['an entry that was altered, where the seed looks', withAudit(altered(1)), 'broken at entry 2'],
    [
      'a decision that is not in the trail',
      {
        ...healthyTrace,
        events: [...healthyTrace.events, { ...untold, seq: healthyTrace.events.length + 1 }],
      },
      'agent.pinned is not in the audit trail',
    ],
    ['a decision that only the trail tells of', withAudit(forgetful), 'the trace of nothing'],
    ['an event of which nothing is said', withAudit(silentEntry), 'says nothing of what became of paused'],
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
