// The row of a trial: its figures, as one line of `trials.jsonl`.
import { fingerprint } from '../base/fingerprint.ts';
import { faultOf } from '../chaos/catalogue.ts';
import { measureTokens } from '../measure/tokens.ts';
import { measureRecovery } from '../measure/recovery.ts';
import { confidencePairs } from '../measure/confidence.ts';
import { tallyFaults, type FaultTally } from '../measure/coverage.ts';
import type { Outcome } from '../check/outcome.ts';
import type { Trace } from '../trace/trace.ts';
import type { FaultRow, FaultSite, TrialRow } from './record.ts';
import { traceHash } from './trace-hash.ts';
import type { TrialRun } from './trial.ts';

export interface RowPlace {
  readonly scenario: string;
  readonly subject: string;
  readonly trial: number;
  /** What an assertion of the suite said; null when it said nothing. */
  readonly complaint: string | null;
  readonly replay: string;
}

export function trialRow(run: TrialRun, place: RowPlace): TrialRow {
  const { chaos, control, verdicts, judgement } = run;
  const { outcome } = judgement;
  const passed = run.passed && place.complaint === null;
  const tokens = measureTokens(chaos, control);
  const end = chaos.events.findLast((event) => event.kind === 'mission.ended');
  return {
    schemaVersion: 1,
    scenario: place.scenario,
    subject: place.subject,
    trial: place.trial,
    seed: run.seed,
    plan: { name: run.plan?.name ?? 'none', fingerprint: fingerprint(run.plan) },
    outcome,
    passed,
    why: passed ? null : whyFailed(run, place.complaint),
    brokenInvariants: verdicts.filter(({ kind }) => kind === 'broken').map(({ invariant }) => invariant),
    unknownInvariants: verdicts.filter(({ kind }) => kind === 'unknown').map(({ invariant }) => invariant),
    faults: faultRows(run, passed),
    end: end?.kind === 'mission.ended' ? end.end : 'none',
    reason: judgement.reason,
    recovery: measureRecovery({ chaos, control, outcome }),
    tokens: { total: tokens.total, waste: tokens.waste, extra: tokens.extra, byAgent: tokens.byAgent },
    confidence: {
      clean: confidencePairs(control, 'right'),
      chaos: confidencePairs(chaos, cameOutRight(outcome) ? 'right' : 'wrong'),
    },
    virtualMs: virtualMs(chaos),
    events: chaos.events.length,
    traceHash: traceHash(chaos),
    replay: place.replay,
  };
}

/** Why a trial did not pass: the suite's own complaint, the first broken invariant, or the judgement. */
export function whyFailed(run: TrialRun, complaint: string | null): string {
  const broken = run.verdicts.find((verdict) => verdict.kind === 'broken');
  if (complaint !== null) return complaint;
  return broken?.kind === 'broken' ? `${broken.invariant}: ${broken.sentence}` : run.judgement.reason;
}

function faultRows(run: TrialRun, passed: boolean): readonly FaultRow[] {
  const kinds = run.plan?.injections.map((injection) => injection.fault.kind) ?? [];
  return tallyFaults({ trace: run.chaos, faults: kinds, passed }).map((tally): FaultRow => {
    const { injection, fault, armed, fired, witnessed } = tally;
    return {
      injection,
      kind: fault,
      layer: faultOf(fault)?.catalogueLayer ?? '',
      armed,
      fired,
      witnessed,
      sites: sitesOf(tally),
    };
  });
}

function sitesOf({ cells }: FaultTally): readonly FaultSite[] {
  const sites = new Map<string, FaultSite>();
  for (const { site, fired, witnessed } of cells) {
    const known = sites.get(site);
    sites.set(site, {
      site,
      fired: fired + (known?.fired ?? 0),
      witnessed: witnessed + (known?.witnessed ?? 0),
    });
  }
  return [...sites.values()];
}

function cameOutRight(outcome: Outcome): boolean {
  return (
    outcome === 'absorbed' || outcome === 'recovered' || outcome === 'degraded' || outcome === 'not exposed'
  );
}

function virtualMs(trace: Trace): number {
  return (trace.events.at(-1)?.atMs ?? trace.startedAtMs) - trace.startedAtMs;
}
