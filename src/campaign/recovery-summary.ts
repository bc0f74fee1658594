// Recovery over a campaign: how long, and how much more work, until a team was steady again.
import type { RecoveryRow } from './record.ts';

/**
 * Quantiles by nearest rank over all recoveries, censored ones ranked last: null says that the quantile falls among the
 * teams that never came back. `largest` is over those that did.
 */
export interface Spread {
  readonly median: number | null;
  readonly ninetieth: number | null;
  readonly largest: number | null;
}

export interface RecoverySummary {
  /** Trials with a witnessed fault: recovered and censored together. */
  readonly trials: number;
  readonly recovered: number;
  readonly censored: number;
  readonly steps: Spread;
  /** Virtual milliseconds. */
  readonly ms: Spread;
  readonly extraTokens: Spread;
  readonly extraCalls: Spread;
  readonly agentsTouched: Spread;
}

/** Summarises the recoveries of a campaign. */
export function recoveryOf(rows: readonly RecoveryRow[]): RecoverySummary {
  const recovered = rows.filter((row) => !row.censored);
  const spread = (read: (row: RecoveryRow) => number): Spread => spreadOf(recovered.map(read), rows.length);
  return {
    trials: rows.length,
    recovered: recovered.length,
    censored: rows.length - recovered.length,
    steps: spread((row) => row.steps),
    ms: spread((row) => row.ms),
    extraTokens: spread((row) => row.extraTokens),
    extraCalls: spread((row) => row.extraCalls),
    agentsTouched: spread((row) => row.agentsTouched),
  };
}

function spreadOf(values: readonly number[], trials: number): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const quantile = (share: number): number | null => sorted[Math.ceil(share * trials) - 1] ?? null;
  return { median: quantile(0.5), ninetieth: quantile(0.9), largest: sorted.at(-1) ?? null };
}
