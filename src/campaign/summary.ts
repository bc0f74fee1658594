// The summary of a campaign: every figure that a report shows, computed once from the records. Its shape is `summary.json`.
import type { Outcome } from '../check/outcome.ts';
import { calibrationOf } from '../measure/confidence.ts';
import type { Calibration } from '../measure/confidence.ts';
import { coverageOf, faultsOf } from './fault-summary.ts';
import type { FaultCoverage, FaultSummary } from './fault-summary.ts';
import { campaignVerdict, countTrials, decideGate } from './gate.ts';
import type { GateDecision, RateBounds, TrialCounts, Verdict } from './gate.ts';
import type {
  CampaignRecord,
  OutcomeCounts,
  Profile,
  ScenarioRecord,
  TrialRow,
  TwinComparison,
} from './record.ts';
import { recoveryOf } from './recovery-summary.ts';
import type { RecoverySummary } from './recovery-summary.ts';
import { inOrder } from './row-order.ts';
import { tokensOf } from './token-summary.ts';
import type { TokenSummary } from './token-summary.ts';

export interface ScenarioSummary {
  readonly id: string;
  readonly subject: string;
  readonly tags: readonly string[];
  readonly trials: number;
  readonly passed: number;
  readonly failed: number;
  readonly errors: number;
  readonly notExposed: number;
  /** Every class, those that did not occur with 0. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Passed over exposed trials; null when none was exposed. */
  readonly rate: number | null;
  readonly bounds: RateBounds;
  readonly gate: {
    readonly kind: GateDecision['policy']['kind'];
    /** The rate that was asked for; null for `noFailure`. */
    readonly rate: number | null;
    readonly confidence: number;
    readonly reason: string;
    readonly moreTrials: number | null;
  };
  readonly verdict: Verdict;
}

export interface TwinSummary extends TwinComparison {
  readonly scenario: string;
}

/** What one team spent, stated and came back from. Figures of different teams do not belong in one mean. */
export interface SubjectSummary {
  readonly subject: string;
  readonly tokens: TokenSummary;
  readonly confidence: ConfidenceSummary;
  readonly recovery: RecoverySummary;
}

/** `clean`: of the fault-free controls. */
export interface ConfidenceSummary {
  readonly clean: Calibration;
  readonly chaos: Calibration;
}

export interface CampaignSummary {
  readonly schemaVersion: 1;
  readonly seed: number;
  readonly profile: Profile;
  readonly verdict: Verdict;
  readonly warnings: readonly string[];
  readonly scenarios: readonly ScenarioSummary[];
  readonly twins: readonly TwinSummary[];
  readonly faults: readonly FaultSummary[];
  readonly coverage: readonly FaultCoverage[];
  /** Over all subjects; `subjects` has the same for each. */
  readonly tokens: TokenSummary;
  readonly confidence: ConfidenceSummary;
  readonly recovery: RecoverySummary;
  /** Sorted by name. */
  readonly subjects: readonly SubjectSummary[];
}

/** Worst first; the order in which outcomes are listed everywhere. */
export const outcomesWorstFirst = [
  'error',
  'not exposed',
  'hung',
  'silent failure',
  'failed loudly',
  'escalated',
  'degraded',
  'recovered',
  'absorbed',
] as const satisfies readonly Outcome[];

/** A pure function of the records without their wall figures: the same seed gives the same summary. */
export function summarise(campaign: CampaignRecord): CampaignSummary {
  const scenarios = campaign.scenarios.map(summariseScenario);
  const rows = inOrder(campaign.scenarios.flatMap((scenario) => scenario.rows));
  return {
    schemaVersion: 1,
    seed: campaign.seed,
    profile: campaign.profile,
    verdict: campaignVerdict(scenarios.map((scenario) => scenario.verdict)),
    warnings: campaign.warnings,
    scenarios,
    twins: campaign.scenarios.flatMap(({ id, comparison }) =>
      comparison === null ? [] : [{ scenario: id, ...comparison }],
    ),
    faults: faultsOf(rows),
    coverage: coverageOf(rows),
    ...effortOf(rows),
    subjects: [...new Set(rows.map((row) => row.subject))]
      .sort()
      .map((subject) => ({ subject, ...effortOf(rows.filter((row) => row.subject === subject)) })),
  };
}

function effortOf(rows: readonly TrialRow[]): Omit<SubjectSummary, 'subject'> {
  return {
    tokens: tokensOf(rows),
    confidence: {
      clean: calibrationOf(rows.flatMap((row) => row.confidence.clean)),
      chaos: calibrationOf(rows.flatMap((row) => row.confidence.chaos)),
    },
    recovery: recoveryOf(rows.flatMap((row) => (row.recovery === null ? [] : [row.recovery]))),
  };
}

/** Every class named, those that did not occur with 0. */
function allOutcomes(counts: OutcomeCounts): Readonly<Record<Outcome, number>> {
  const named = outcomesWorstFirst.map((outcome) => [outcome, counts[outcome] ?? 0]);
  return Object.fromEntries(named) as Record<Outcome, number>;
}

/** A kept failure that is back fails the scenario, whatever its trials say. */
function decideScenario(scenario: ScenarioRecord, counts: TrialCounts): GateDecision {
  const decision = decideGate(scenario.gate, counts);
  const back = scenario.failures.find((failure) => failure.trial < 0);
  if (back === undefined || decision.verdict === 'error') return decision;
  return { ...decision, verdict: 'fail', reason: `a kept failure is back: ${back.why}`, moreTrials: null };
}

function summariseScenario(scenario: ScenarioRecord): ScenarioSummary {
  const counts = countTrials(scenario.rows);
  const decision = decideScenario(scenario, counts);
  const outcomes: Partial<Record<Outcome, number>> = {};
  for (const row of scenario.rows) outcomes[row.outcome] = (outcomes[row.outcome] ?? 0) + 1;
  return {
    id: scenario.id,
    subject: scenario.subject,
    tags: scenario.tags,
    trials: counts.trials,
    passed: counts.passed,
    failed: counts.failed,
    errors: counts.errors,
    notExposed: counts.notExposed,
    outcomes: allOutcomes(outcomes),
    rate: decision.rate,
    bounds: decision.bounds,
    gate: {
      kind: scenario.gate.kind,
      rate: scenario.gate.kind === 'atLeast' ? scenario.gate.rate : null,
      confidence: scenario.gate.confidence,
      reason: decision.reason,
      moreTrials: decision.moreTrials,
    },
    verdict: decision.verdict,
  };
}
