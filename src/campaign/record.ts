// The records of a campaign: plain data that gates, reports and comparisons read once the last trial has ended.
import type { Plan } from '../chaos/plan.ts';
import type { Outcome } from '../check/outcome.ts';
import type { CompactEvent } from './compact-trace.ts';
import type { GatePolicy } from './gate-policy.ts';

/** How much a campaign does: `dev` while writing, `pr` for a change, `release` for a claim, `nightly` for a search. */
export type Profile = 'dev' | 'pr' | 'release' | 'nightly';

/** What one injection did at one agent, or at one edge (`from->to`), in one trial; counts of crossings. */
export interface FaultSite {
  readonly site: string;
  readonly fired: number;
  readonly witnessed: number;
}

/** What one injection of a plan did in one trial; counts of crossings. */
export interface FaultRow {
  /** 0-based place in the plan. */
  readonly injection: number;
  readonly kind: string;
  /** The catalogue's name for the layer, as in `LLM transport`. */
  readonly layer: string;
  readonly armed: number;
  readonly fired: number;
  readonly witnessed: number;
  readonly sites: readonly FaultSite[];
}

/**
 * From the first witnessed injection to the steady state; injected time and tokens are not charged. A `censored` row
 * never came back: its figures say how far it got, and no statistic may take them for a recovery.
 */
export interface RecoveryRow {
  readonly steps: number;
  /** Virtual milliseconds. */
  readonly ms: number;
  readonly extraTokens: number;
  readonly extraCalls: number;
  readonly agentsTouched: number;
  readonly censored: boolean;
}

export interface AgentTokens {
  readonly agent: string;
  readonly total: number;
  readonly waste: number;
}

/** Whole tokens. `waste` belongs to discarded work; `extra` is what the fault-free control did not spend. */
export interface TokenRow {
  readonly total: number;
  readonly waste: number;
  readonly extra: number;
  readonly byAgent: readonly AgentTokens[];
}

/** What an agent stated (0 to 1), and whether its work turned out right. */
export interface ConfidencePair {
  readonly stated: number;
  readonly right: boolean;
}

export interface ConfidenceRow {
  /** Of the fault-free control. */
  readonly clean: readonly ConfidencePair[];
  readonly chaos: readonly ConfidencePair[];
}

/** One trial: one line of `trials.jsonl`. The same seed gives the same bytes, so nothing in it comes from a wall clock, except for a subject that runs by one. */
export interface TrialRow {
  readonly schemaVersion: 1;
  readonly scenario: string;
  readonly subject: string;
  /** 0-based within the scenario. */
  readonly trial: number;
  readonly seed: number;
  readonly plan: { readonly name: string; readonly fingerprint: string };
  readonly outcome: Outcome;
  readonly passed: boolean;
  /** The first broken invariant or failed assertion, in words; null when there is none. */
  readonly why: string | null;
  readonly brokenInvariants: readonly string[];
  readonly unknownInvariants: readonly string[];
  readonly faults: readonly FaultRow[];
  /** How the mission ended (`done`, `escalated`, …), or how the run stopped when it did not end. */
  readonly end: string;
  readonly reason: string;
  /** Null when nothing was witnessed, so that there was nothing to recover from. */
  readonly recovery: RecoveryRow | null;
  readonly tokens: TokenRow;
  readonly confidence: ConfidenceRow;
  readonly virtualMs: number;
  readonly events: number;
  readonly traceHash: string;
  /** The command line that runs this very trial again. */
  readonly replay: string;
}

/** The first step at which a failing run left the path of its control. */
export interface Divergence {
  /** `seq` of the event in the failing trace. */
  readonly step: number;
  readonly agent: string;
  readonly what: string;
  /** What the control did at this point; null where the control had already ended. */
  readonly control: string | null;
}

/** A failing trial with its smallest reproduction: `failures/<id>.json`. */
export interface FailureRecord {
  /** Safe as a file name: letters, digits, `.`, `_` and `-`. */
  readonly id: string;
  readonly scenario: string;
  readonly subject: string;
  readonly trial: number;
  readonly seed: number;
  readonly outcome: Outcome;
  readonly why: string;
  readonly brokenInvariants: readonly string[];
  readonly plan: Plan;
  /** The smallest plan found that still breaks; equal to `plan` where nothing could be left out. */
  readonly shrunk: Plan;
  readonly shrinkSteps: number;
  readonly divergence: Divergence | null;
  readonly replay: string;
  /** What happened, for the timeline; empty when the trace was not kept. */
  readonly events: readonly CompactEvent[];
}

export type OutcomeCounts = Readonly<Partial<Record<Outcome, number>>>;

/** One team under the plans of one family: how many trials came out how, and the commonest complaint. */
export interface TwinTally {
  readonly outcomes: OutcomeCounts;
  readonly passed: number;
  readonly why: string | null;
  readonly replay: string | null;
}

/** The same faults on a team without a steward and on its stewarded twin. It decides nothing: the gate reads `rows`. */
export interface TwinComparison {
  readonly naive: string;
  readonly stewarded: string;
  readonly rows: readonly {
    readonly family: string;
    readonly naive: TwinTally;
    readonly stewarded: TwinTally;
  }[];
}

/** Model calls of which the rules did not say, or did not say alone, which agent they are from. */
export interface AttributionDoubt {
  /** Agents whose rules fit; none, or several of which the first counts. */
  readonly fits: readonly string[];
  /** How the system prompt of the first of them begins. */
  readonly prompt: string;
  readonly calls: number;
}

/** Whose the model calls of a scenario were, as far as that is in doubt. */
export interface AttributionRecord {
  readonly modelCalls: number;
  readonly doubts: readonly AttributionDoubt[];
}

/** A model call to a playback that asked something else than was recorded, or what nothing was recorded for. */
export interface StrayAsk {
  readonly agent: string;
  /** The first in which it was so. */
  readonly turn: number;
  /** What differs, in one line. */
  readonly what: string;
  /** Of this agent that differ in this way. */
  readonly calls: number;
}

/** How far a team kept to the recording that is played back to it. */
export interface PlaybackRecord {
  readonly strayCalls: number;
  /** A few of them, different ones. */
  readonly first: readonly StrayAsk[];
}

export interface ScenarioRecord {
  readonly id: string;
  readonly subject: string;
  readonly tags: readonly string[];
  readonly seed: number;
  readonly gate: GatePolicy;
  readonly rows: readonly TrialRow[];
  readonly failures: readonly FailureRecord[];
  readonly comparison: TwinComparison | null;
  readonly attribution: AttributionRecord;
  readonly playback: PlaybackRecord;
}

/** Figures about muster itself. They differ from run to run and stay out of `trials.jsonl` and `summary.json`. */
export interface WallFigures {
  /** Milliseconds since the Unix epoch. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly workers: number;
  /** Wall milliseconds by scenario id. */
  readonly scenarioMs: Readonly<Record<string, number>>;
}

export interface CampaignRecord {
  readonly schemaVersion: 1;
  readonly seed: number;
  readonly profile: Profile;
  readonly scenarios: readonly ScenarioRecord[];
  /** What a reader must know before believing a pass: faults that never fired, stale recordings, unknown invariants. */
  readonly warnings: readonly string[];
  readonly wall: WallFigures;
}
