// Coverage: what became of each injection of a plan, and where in the team it happened.
import type { Trace } from '../trace/trace.ts';
import { siteOf } from './site.ts';

/** One fault kind at one agent or edge in one phase; counts of crossings. */
export interface CoverageCell {
  readonly site: string;
  readonly phase: string;
  readonly armed: number;
  readonly fired: number;
  readonly witnessed: number;
}

/** What one injection did in one trial; counts of crossings. An injection that is only configured has zeros. */
export interface FaultTally {
  /** 0-based place in the plan. */
  readonly injection: number;
  readonly fault: string;
  readonly armed: number;
  readonly fired: number;
  readonly witnessed: number;
  /** It was witnessed, and the trial passed. */
  readonly survived: boolean;
  readonly cells: readonly CoverageCell[];
}

export interface CoverageTrial {
  readonly trace: Trace;
  /** The fault kinds of the plan, in order: what is configured, whether or not it ever came up. */
  readonly faults: readonly string[];
  readonly passed: boolean;
}

/** One row of the coverage matrix; counts of trials, so that one noisy trial weighs no more than another. */
export interface CoverageRow {
  readonly fault: string;
  readonly site: string;
  readonly phase: string;
  readonly armed: number;
  readonly fired: number;
  readonly witnessed: number;
  readonly survived: number;
}

type Counting<T> = { -readonly [K in keyof T]: T[K] };

/** One tally an injection of the plan, in the plan's order. */
export function tallyFaults({ trace, faults, passed }: CoverageTrial): readonly FaultTally[] {
  const cells = faults.map(() => new Map<string, Counting<CoverageCell>>());
  for (const event of trace.events) {
    if (event.kind !== 'fault.armed' && event.kind !== 'fault.fired' && event.kind !== 'fault.witnessed')
      continue;
    const own = cells[event.injection];
    if (own === undefined) continue;
    const { site, phase } = siteOf(event.crossing);
    const key = `${site}\n${phase}`;
    const cell = own.get(key) ?? { site, phase, armed: 0, fired: 0, witnessed: 0 };
    own.set(key, cell);
    if (event.kind === 'fault.armed') cell.armed += 1;
    else if (event.kind === 'fault.fired') cell.fired += 1;
    else cell.witnessed += 1;
  }
  return faults.map((fault, injection) =>
    tally({ injection, fault, passed }, [...cells[injection]!.values()]),
  );
}

/** The matrix fault kind x agent or edge x phase over many trials, sorted by these three. */
export function coverageMatrix(trials: readonly CoverageTrial[]): readonly CoverageRow[] {
  const rows = new Map<string, Counting<CoverageRow>>();
  for (const trial of trials) {
    for (const [key, cell] of cellsOf(trial)) {
      const blank = { ...cell, armed: 0, fired: 0, witnessed: 0, survived: 0 };
      const row = rows.get(key) ?? blank;
      rows.set(key, row);
      row.armed += Number(cell.armed > 0);
      row.fired += Number(cell.fired > 0);
      row.witnessed += Number(cell.witnessed > 0);
      row.survived += Number(cell.witnessed > 0 && trial.passed);
    }
  }
  return [...rows].sort(([one], [other]) => (one < other ? -1 : Number(one > other))).map(([, row]) => row);
}

/** The cells of one trial by kind, site and phase; two injections of one kind fall together. */
function cellsOf(
  trial: CoverageTrial,
): ReadonlyMap<string, Counting<CoverageCell> & { readonly fault: string }> {
  const merged = new Map<string, Counting<CoverageCell> & { readonly fault: string }>();
  for (const { fault, cells } of tallyFaults(trial)) {
    for (const cell of cells) {
      const key = `${fault}\n${cell.site}\n${cell.phase}`;
      const known = merged.get(key) ?? { ...cell, fault, armed: 0, fired: 0, witnessed: 0 };
      known.armed += cell.armed;
      known.fired += cell.fired;
      known.witnessed += cell.witnessed;
      merged.set(key, known);
    }
  }
  return merged;
}

function tally(
  {
    injection,
    fault,
    passed,
  }: { readonly injection: number; readonly fault: string; readonly passed: boolean },
  cells: readonly CoverageCell[],
): FaultTally {
  const sum = (read: (cell: CoverageCell) => number): number =>
    cells.reduce((total, cell) => total + read(cell), 0);
  const witnessed = sum((cell) => cell.witnessed);
  return {
    injection,
    fault,
    armed: sum((cell) => cell.armed),
    fired: sum((cell) => cell.fired),
    witnessed,
    survived: witnessed > 0 && passed,
    cells,
  };
}
