// The order of trial rows: by scenario, then trial, so that the order in which workers finished leaves no mark.
import type { TrialRow } from './record.ts';

/** A sorted copy. Sums of floating-point numbers depend on their order: sort before summing. */
export function inOrder(rows: readonly TrialRow[]): readonly TrialRow[] {
  return [...rows].sort((one, other) => {
    if (one.scenario !== other.scenario) return one.scenario < other.scenario ? -1 : 1;
    return one.trial - other.trial;
  });
}
