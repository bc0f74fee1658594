// Confidence: what agents stated, against whether the trial's outcome was right.
import type { Trace } from '../trace/trace.ts';

/** `stated` is 0 to 1. */
export interface ConfidencePair {
  readonly stated: number;
  readonly right: boolean;
}

export interface ReliabilityBin {
  /** Stated confidence in [from, to); the last bin includes 1. */
  readonly from: number;
  readonly to: number;
  readonly pairs: number;
  /** Mean of what was stated, and the share that was right; 0 in an empty bin. */
  readonly stated: number;
  readonly right: number;
}

/**
 * `brier`: mean squared distance of statement and outcome (Brier 1950). `expectedError`: the distance of statement and
 * share over ten bins of equal width, weighted by pairs (Naeini, Cooper, Hauskrecht 2015). Null without pairs.
 */
export interface Calibration {
  readonly pairs: number;
  readonly brier: number | null;
  readonly expectedError: number | null;
  readonly bins: readonly ReliabilityBin[];
}

/** One trial's pairs, under chaos or without; `right` is whether its outcome was right. */
export interface ConfidenceTrial {
  readonly trace: Trace;
  readonly condition: 'clean' | 'chaos';
  readonly right: boolean;
}

export interface ConfidenceFigures {
  readonly clean: Calibration;
  readonly chaos: Calibration;
  /** How often work was escalated, for low confidence or for any other reason. */
  readonly escalations: { readonly clean: number; readonly chaos: number };
}

const BINS = 10;

/**
 * What each piece of finished work stated. Work that failed or was cut short states nothing that can be right. A team that
 * is not the steward's states it in what it hands over, once a handoff.
 */
export function confidencePairs(trace: Trace, outcome: 'right' | 'wrong'): readonly ConfidencePair[] {
  const stated = trace.team === null ? statedInHandoffs(trace) : statedInWork(trace);
  return stated.map((confidence) => ({ stated: confidence, right: outcome === 'right' }));
}

function statedInWork({ events }: Trace): readonly number[] {
  const stated: number[] = [];
  for (const event of events)
    if (event.kind === 'agent.finished' && event.outcome === 'done' && event.confidence !== null)
      stated.push(event.confidence);
  return stated;
}

function statedInHandoffs({ events }: Trace): readonly number[] {
  const stated = new Map<string, number>();
  for (const event of events)
    if (event.kind === 'handoff.sent' && event.confidence !== null)
      stated.set(event.handoff, event.confidence);
  return [...stated.values()];
}

/** Statements that are no number count as 0, those outside 0 to 1 as the nearer end. */
export function calibrationOf(pairs: readonly ConfidencePair[]): Calibration {
  const sums = Array.from({ length: BINS }, () => ({ pairs: 0, stated: 0, right: 0 }));
  let squares = 0;
  for (const pair of pairs) {
    const stated = Number.isNaN(pair.stated) ? 0 : Math.min(1, Math.max(0, pair.stated));
    const sum = sums[Math.min(BINS - 1, Math.floor(stated * BINS))]!;
    squares += (stated - Number(pair.right)) ** 2;
    sum.pairs += 1;
    sum.stated += stated;
    sum.right += Number(pair.right);
  }
  const distance = sums.reduce((sum, bin) => sum + Math.abs(bin.stated - bin.right), 0);
  return {
    pairs: pairs.length,
    brier: pairs.length === 0 ? null : squares / pairs.length,
    expectedError: pairs.length === 0 ? null : distance / pairs.length,
    bins: sums.map((sum, place) => ({
      from: place / BINS,
      to: (place + 1) / BINS,
      pairs: sum.pairs,
      stated: sum.pairs === 0 ? 0 : sum.stated / sum.pairs,
      right: sum.pairs === 0 ? 0 : sum.right / sum.pairs,
    })),
  };
}

/** Calibration over many trials, clean against chaos. */
export function measureConfidence(trials: readonly ConfidenceTrial[]): ConfidenceFigures {
  const of = (condition: ConfidenceTrial['condition']): readonly ConfidenceTrial[] =>
    trials.filter((trial) => trial.condition === condition);
  const calibrate = (some: readonly ConfidenceTrial[]): Calibration =>
    calibrationOf(some.flatMap(({ trace, right }) => confidencePairs(trace, right ? 'right' : 'wrong')));
  const escalations = (some: readonly ConfidenceTrial[]): number =>
    some.reduce((sum, { trace }) => sum + trace.events.filter(({ kind }) => kind === 'escalated').length, 0);
  const [clean, chaos] = [of('clean'), of('chaos')];
  return {
    clean: calibrate(clean),
    chaos: calibrate(chaos),
    escalations: { clean: escalations(clean), chaos: escalations(chaos) },
  };
}
