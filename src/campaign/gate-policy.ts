// Gate policies: what a scenario asks of its trials.
import { usualConfidence } from './statistics.ts';

/**
 * `atLeast` proves a pass rate; it needs 59 trials for 0.95. `noFailure` proves nothing beyond the bound it shows: every
 * exposed trial must pass, which suits campaigns that are too small for a proof.
 */
export type GatePolicy =
  | { readonly kind: 'atLeast'; readonly rate: number; readonly confidence: number }
  | { readonly kind: 'noFailure'; readonly confidence: number };

/** The gate of a claim: this pass rate, with the usual confidence. */
export function atLeast(rate: number, confidence = usualConfidence): GatePolicy {
  return { kind: 'atLeast', rate, confidence };
}

/** The gate of a small campaign: every exposed trial passes. */
export const noFailure: GatePolicy = { kind: 'noFailure', confidence: usualConfidence };
