// What became of each kind of fault over a campaign: configured, armed, fired, witnessed, survived, and where.
import type { FaultRow, TrialRow } from './record.ts';

/**
 * Counts of injections, one for each trial whose plan holds it; each number includes the next. `survived`: its effect
 * reached the team, and the trial passed.
 */
export interface FaultSummary {
  readonly kind: string;
  readonly layer: string;
  readonly configured: number;
  readonly armed: number;
  readonly fired: number;
  readonly witnessed: number;
  readonly survived: number;
}

/** The same for one kind at one agent or edge of one subject: a cell of the coverage map. Counts of injections. */
export interface FaultCoverage {
  readonly subject: string;
  readonly kind: string;
  readonly layer: string;
  readonly site: string;
  readonly fired: number;
  readonly witnessed: number;
  readonly survived: number;
}

type Counting<T> = { -readonly [K in keyof T]: T[K] };

/** One summary a kind, sorted by layer, then kind. */
export function faultsOf(rows: readonly TrialRow[]): readonly FaultSummary[] {
  const byKind = new Map<string, Counting<FaultSummary>>();
  for (const row of rows) for (const fault of row.faults) count(summaryIn(byKind, fault), fault, row.passed);
  return [...byKind.values()].sort((one, other) =>
    compareTexts([one.layer, one.kind], [other.layer, other.kind]),
  );
}

/** One cell a subject, kind and site, sorted in this order. */
export function coverageOf(rows: readonly TrialRow[]): readonly FaultCoverage[] {
  const cells = new Map<string, Counting<FaultCoverage>>();
  for (const row of rows) {
    for (const { kind, layer, sites } of row.faults) {
      for (const { site, fired, witnessed } of sites) {
        const key = JSON.stringify([row.subject, kind, site]);
        const blank = { subject: row.subject, kind, layer, site, fired: 0, witnessed: 0, survived: 0 };
        const cell = cells.get(key) ?? blank;
        cells.set(key, cell);
        if (fired > 0) cell.fired += 1;
        if (witnessed > 0) cell.witnessed += 1;
        if (witnessed > 0 && row.passed) cell.survived += 1;
      }
    }
  }
  return [...cells.values()].sort((one, other) =>
    compareTexts(
      [one.subject, one.layer, one.kind, one.site],
      [other.subject, other.layer, other.kind, other.site],
    ),
  );
}

function summaryIn(
  byKind: Map<string, Counting<FaultSummary>>,
  { kind, layer }: FaultRow,
): Counting<FaultSummary> {
  const known = byKind.get(kind);
  if (known !== undefined) return known;
  const blank = { kind, layer, configured: 0, armed: 0, fired: 0, witnessed: 0, survived: 0 };
  byKind.set(kind, blank);
  return blank;
}

function count(summary: Counting<FaultSummary>, fault: FaultRow, passed: boolean): void {
  summary.configured += 1;
  if (fault.armed > 0) summary.armed += 1;
  if (fault.fired > 0) summary.fired += 1;
  if (fault.witnessed > 0) summary.witnessed += 1;
  if (fault.witnessed > 0 && passed) summary.survived += 1;
}

function compareTexts(one: readonly string[], other: readonly string[]): number {
  for (const [index, text] of one.entries()) {
    const against = other[index] ?? '';
    if (text !== against) return text < against ? -1 : 1;
  }
  return 0;
}
