// Workloads measured against each other: one process each, never two at a time, taking turns of a slice, so that what
// the machine does meanwhile hits all of them alike.
import { startChild, type Child, type WorkloadPlace } from './child.ts';
import { onOneCore } from './core.ts';
import { spreadOf, type Spread } from './spread.ts';
import type { Leftover, Slice } from './workload.ts';

export interface Contest {
  /** The first is the one that the others are compared with. */
  readonly entries: Readonly<Record<string, WorkloadPlace>>;
  readonly rounds: number;
  readonly sliceMs: number;
}

export interface Score {
  readonly perSecond: Spread;
  /** The same by processor time: what a second of a core to itself would do. */
  readonly perCpuSecond: Spread;
  /** How many times as many a second the first entry did in the same round. */
  readonly firstIsFaster: Spread;
  readonly leftover: Leftover;
}

export interface ContestResult {
  readonly onOneCore: boolean;
  readonly scores: Readonly<Record<string, Score>>;
}

/** Slices that are thrown away: on one core, V8 was seen to compile for five seconds before the rates stood still. */
const warmUpSlices = 6;

export async function hold({ entries, rounds, sliceMs }: Contest): Promise<ContestResult> {
  const prefix = onOneCore();
  const names = Object.keys(entries);
  const children: Child[] = [];
  try {
    for (const place of Object.values(entries)) children.push(await startChild(place, prefix));
    const slices = children.map((): Slice[] => []);
    for (let round = 0; round < warmUpSlices + rounds; round++) {
      const kept = round < warmUpSlices ? undefined : slices;
      await takeTurns(children, { sliceMs, backwards: round % 2 === 1 }, (index, slice) =>
        kept?.[index]?.push(slice),
      );
      console.error(
        `bench: ${kept === undefined ? 'warming up' : `round ${round - warmUpSlices + 1} of ${rounds}`}`,
      );
    }
    const scores: Record<string, Score> = {};
    for (const [index, name] of names.entries())
      scores[name] = score(slices[index] ?? [], slices[0] ?? [], await (children[index] as Child).settle());
    return { onOneCore: prefix.length > 0, scores };
  } finally {
    for (const child of children) child.stop();
  }
}

/** A slice each; every other round in the opposite order, as whoever comes second finds the machine warmer. */
async function takeTurns(
  children: readonly Child[],
  turn: { readonly sliceMs: number; readonly backwards: boolean },
  keep: (index: number, slice: Slice) => void,
): Promise<void> {
  const order = [...children.entries()];
  if (turn.backwards) order.reverse();
  for (const [index, child] of order) keep(index, await child.slice(turn.sliceMs));
}

function score(own: readonly Slice[], first: readonly Slice[], leftover: Leftover): Score {
  const rates = own.map(perSecond);
  return {
    perSecond: spreadOf(rates),
    perCpuSecond: spreadOf(own.map(({ count, cpuMs }) => (count * 1000) / cpuMs)),
    firstIsFaster: spreadOf(first.map((slice, round) => perSecond(slice) / (rates[round] ?? Number.NaN))),
    leftover,
  };
}

function perSecond({ count, wallMs }: Slice): number {
  return (count * 1000) / wallMs;
}
