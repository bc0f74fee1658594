// S11 catches entries that are gone, moved or never written, and, once the trail is sealed, altered ones.
import { auditLine, sealTrail, type AuditLine } from '../trace/audit.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { Trace } from '../trace/trace.ts';
import { auditComplete } from './audit-complete.ts';
import { healthyTrace, outsideTrace, prove } from './testing/prove.test-support.ts';

const { state } = healthyTrace;
const audit = healthyTrace.audit ?? [];
const sealed = sealTrail(audit);
const withAudit = (entries: readonly AuditLine[], events = entries.length): Trace => ({
  ...healthyTrace,
  audit: entries,
  state: { ...state!, events },
});
const untold: TraceEvent = { kind: 'agent.pinned', agent: 'writer', version: 2, seq: 0, atMs: 9, cause: 0 };
const gap = audit.toSpliced(9, 1);
const swapped = audit.toSpliced(4, 2, audit[5]!, audit[4]!);
const altered = (place: number) => sealed.with(place, { ...sealed[place]!, atMs: 1 });
const last = audit.at(-1)!;
const silentEntry = [...audit, auditLine({ kind: 'paused', atMs: 9, by: 'ada' }, audit.length + 1, [])];
const idleTimer = [
  ...audit,
  auditLine({ kind: 'timer.fired', atMs: 9, command: 't1', epoch: 1 }, audit.length + 1, []),
];
const forgetful = audit.with(audit.length - 1, { ...last, notes: [last.notes[0]!, last.notes[0]!] });

prove({
  invariant: auditComplete,
  holds: {
    'a timer that found nothing to do': withAudit(idleTimer),
    'a trail that was sealed': withAudit(sealed),
  },
  breaks: [
    ['an entry that is gone', withAudit(gap, audit.length), `${audit.length} events were stepped`],
    ['a gap that the counts hide', withAudit(gap), 'broken at entry 10'],
    ['two entries in each other’s place', withAudit(swapped), 'broken at entry 5'],
    ...sealed.map((_entry, place): [string, Trace, string] => [
      `the altered entry ${place + 1} of a sealed trail`,
      withAudit(altered(place)),
      `broken at entry ${place + 1}`,
    ]),
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
