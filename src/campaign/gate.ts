// The gate: from the rows of a scenario, or of a whole campaign, to a verdict and an exit code.
import type { GatePolicy } from './gate-policy.ts';
import type { Profile, TrialRow } from './record.ts';
import { lowerBound, trialsNeeded, upperBound, wilsonInterval } from './statistics.ts';
import type { Interval } from './statistics.ts';

/** `error`: nothing was measured, so neither a pass nor a failure can be claimed. */
export type Verdict = 'pass' | 'inconclusive' | 'fail' | 'error';

/** `trials = exposed + errors + notExposed` and `exposed = passed + failed`; the rate is over the exposed ones alone. */
export interface TrialCounts {
  readonly trials: number;
  readonly exposed: number;
  readonly passed: number;
  readonly failed: number;
  readonly errors: number;
  readonly notExposed: number;
}

/** `lower` and `upper` are one-sided Clopper-Pearson bounds, `wilson` is two-sided, for display. */
export interface RateBounds {
  readonly confidence: number;
  readonly lower: number;
  readonly upper: number;
  readonly wilson: Interval;
}

export interface GateDecision {
  readonly policy: GatePolicy;
  readonly counts: TrialCounts;
  /** Null when no trial was exposed. */
  readonly rate: number | null;
  readonly bounds: RateBounds;
  readonly verdict: Verdict;
  /** One sentence: why this verdict, and what would change it. */
  readonly reason: string;
  /** Further passing trials that would prove the rate; null when no number helps or none is needed. */
  readonly moreTrials: number | null;
}

/** The largest share of trials that may end in an error of the harness. */
export const errorShareMax = 0.02;

/** Counts the rows of one scenario. */
export function countTrials(rows: readonly Pick<TrialRow, 'outcome' | 'passed'>[]): TrialCounts {
  let [passed, errors, notExposed] = [0, 0, 0];
  for (const row of rows) {
    if (row.outcome === 'error') errors += 1;
    else if (row.outcome === 'not exposed') notExposed += 1;
    else if (row.passed) passed += 1;
  }
  const exposed = rows.length - errors - notExposed;
  return { trials: rows.length, exposed, passed, failed: exposed - passed, errors, notExposed };
}

/** Decides one scenario. */
export function decideGate(policy: GatePolicy, counts: TrialCounts): GateDecision {
  const bounds = boundsOf(counts, policy.confidence);
  const rate = counts.exposed === 0 ? null : counts.passed / counts.exposed;
  const ruling = voided(counts) ?? rule(policy, counts, bounds);
  return { policy, counts, rate, bounds, ...ruling };
}

type Ruling = Pick<GateDecision, 'verdict' | 'reason' | 'moreTrials'>;

/** Nothing measured, or too much of it spoilt: no policy is asked. */
function voided(counts: TrialCounts): Ruling | null {
  if (counts.exposed === 0) {
    const reason = `nothing measured: ${whyNothing(counts)}`;
    return { verdict: 'error', reason, moreTrials: null };
  }
  if (counts.errors <= errorShareMax * counts.trials) return null;
  const reason = `${counts.errors} of ${counts.trials} trials ended in an error of the harness; at most 2% may`;
  return { verdict: 'fail', reason, moreTrials: null };
}

function whyNothing(counts: TrialCounts): string {
  if (counts.trials === 0) return 'no trial was run';
  if (counts.errors === 0) return `in none of ${counts.trials} trials did a fault land`;
  return `of ${counts.trials} trials ${counts.errors} ended in an error and ${counts.notExposed} met no fault`;
}

function rule(policy: GatePolicy, counts: TrialCounts, bounds: RateBounds): Ruling {
  switch (policy.kind) {
    case 'noFailure':
      return ruleNoFailure(counts, bounds);
    case 'atLeast':
      return ruleAtLeast(policy.rate, counts, bounds);
  }
}

function ruleNoFailure(counts: TrialCounts, bounds: RateBounds): Ruling {
  if (counts.failed > 0) {
    const reason = `${counts.failed} of ${counts.exposed} exposed trials failed; none may`;
    return { verdict: 'fail', reason, moreTrials: null };
  }
  const all = counts.exposed === 1 ? 'the one exposed trial' : `all ${counts.exposed} exposed trials`;
  const reason = `${all} passed; that proves ${percent(bounds.lower)} or better`;
  return { verdict: 'pass', reason, moreTrials: null };
}

function ruleAtLeast(target: number, counts: TrialCounts, bounds: RateBounds): Ruling {
  if (bounds.lower >= target - 1e-12) {
    const reason = `at least ${percent(bounds.lower)} pass, and ${percent(target)} were asked for`;
    return { verdict: 'pass', reason, moreTrials: null };
  }
  if (bounds.upper < target) {
    const reason = `at most ${roundedUp(bounds.upper)} pass, and ${percent(target)} were asked for`;
    return { verdict: 'fail', reason, moreTrials: null };
  }
  const needed = trialsNeeded(target, counts.failed, bounds.confidence);
  const moreTrials = needed === null ? null : Math.max(1, needed - counts.exposed);
  const range = `the rate lies between ${percent(bounds.lower)} and ${roundedUp(bounds.upper)}`;
  const advice = moreTrials === null ? 'no number of trials proves it' : `run ${moreTrials} more`;
  return {
    verdict: 'inconclusive',
    reason: `${range}, and ${percent(target)} were asked for: ${advice}`,
    moreTrials,
  };
}

function boundsOf(counts: TrialCounts, confidence: number): RateBounds {
  const { passed, exposed } = counts;
  if (exposed === 0) return { confidence, lower: 0, upper: 1, wilson: { low: 0, high: 1 } };
  return {
    confidence,
    lower: lowerBound(passed, exposed, confidence),
    upper: upperBound(passed, exposed, confidence),
    wilson: wilsonInterval(passed, exposed, confidence),
  };
}

/** Rounded down, so that no bound is shown better than it is. */
function percent(share: number): string {
  return `${(Math.floor(share * 1000 + 1e-9) / 10).toFixed(1)}%`;
}

function roundedUp(share: number): string {
  return `${(Math.ceil(share * 1000 - 1e-9) / 10).toFixed(1)}%`;
}

const worstFirst: readonly Verdict[] = ['error', 'fail', 'inconclusive', 'pass'];

/** The worst verdict of all; a campaign without scenarios measured nothing. */
export function campaignVerdict(scenarios: readonly Verdict[]): Verdict {
  return worstFirst.find((verdict) => scenarios.includes(verdict)) ?? 'error';
}

export type ExitCode = 0 | 1 | 2 | 3;

/** Only `dev` goes on when a campaign is inconclusive: its trials are too few to prove anything. */
export function exitCodeOf(verdict: Verdict, profile: Profile): ExitCode {
  switch (verdict) {
    case 'pass':
      return 0;
    case 'fail':
      return 1;
    case 'error':
      return 2;
    case 'inconclusive':
      return profile === 'dev' ? 0 : 3;
  }
}
