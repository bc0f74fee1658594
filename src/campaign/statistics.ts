// Exact and approximate bounds on a pass rate; the only module that knows where the distributions come from.
import jStat from 'jstat';
import { assert } from '../base/muster-error.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The confidence of every bound unless a gate says otherwise. */
export const usualConfidence = 0.95;

/**
 * The rate that is reached or exceeded with the given confidence after `passed` of `trials` (one-sided).
 * Clopper and Pearson 1934: the `1 - confidence` quantile of Beta(x, n - x + 1); 0 when nothing passed.
 */
export function lowerBound(passed: number, trials: number, confidence = usualConfidence): number {
  assertCounts(passed, trials);
  const alpha = 1 - confidence;
  if (passed === 0) return 0;
  if (passed === trials) return Math.pow(alpha, 1 / trials);
  return jStat.beta.inv(alpha, passed, trials - passed + 1);
}

/**
 * The rate that is not exceeded with the given confidence (one-sided).
 * Clopper and Pearson 1934: the `confidence` quantile of Beta(x + 1, n - x); 1 when everything passed.
 */
export function upperBound(passed: number, trials: number, confidence = usualConfidence): number {
  return 1 - lowerBound(trials - passed, trials, confidence);
}

/**
 * A two-sided interval for display (Wilson 1927): with z the normal quantile of `1 - alpha / 2`,
 * (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n).
 */
export function wilsonInterval(passed: number, trials: number, confidence = usualConfidence): Interval {
  assertCounts(passed, trials);
  if (trials === 0) return { low: 0, high: 1 };
  const z = jStat.normal.inv((1 + confidence) / 2, 0, 1);
  const rate = passed / trials;
  const scale = 1 + (z * z) / trials;
  const centre = rate + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((rate * (1 - rate)) / trials + (z * z) / (4 * trials * trials));
  return {
    low: passed === 0 ? 0 : (centre - spread) / scale,
    high: passed === trials ? 1 : (centre + spread) / scale,
  };
}

/**
 * P(X <= successes) for X ~ Binomial(trials, probability), through the incomplete beta function:
 * I_{1-p}(n - k, k + 1) (Abramowitz and Stegun 26.5.24).
 */
export function binomialAtMost(successes: number, trials: number, probability: number): number {
  if (successes < 0) return 0;
  if (successes >= trials) return 1;
  if (probability <= 0) return 1;
  if (probability >= 1) return 0;
  const value = jStat.ibeta(1 - probability, trials - successes, successes + 1);
  assert(value !== false, 'a probability lies between 0 and 1');
  return value;
}

const TRIALS_MAX = 2 ** 40;

/**
 * The fewest trials in which so many failures still prove `target`: 59, 93 and 124 prove 0.95 with 0, 1 and 2.
 * Null for a target of 1, which no number of trials proves.
 */
export function trialsNeeded(target: number, failures: number, confidence = usualConfidence): number | null {
  if (target <= 0) return failures + 1;
  const proves = (trials: number): boolean =>
    binomialAtMost(failures, trials, 1 - target) <= 1 - confidence + 1e-12;
  let enough = failures + 1;
  while (!proves(enough)) {
    enough *= 2;
    if (enough > TRIALS_MAX) return null;
  }
  let tooFew = failures;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (proves(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

function assertCounts(passed: number, trials: number): void {
  const whole = Number.isInteger(passed) && Number.isInteger(trials);
  assert(whole && passed >= 0 && passed <= trials, `${passed} of ${trials} is a count`);
}
