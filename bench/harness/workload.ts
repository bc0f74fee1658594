// What a benchmark repeats, and what a slice of repeating it measured.
import type { NowOrLater } from '../../src/base/now-or-later.ts';

export interface Workload {
  /** How many may be under way at once; what is synchronous gains nothing from more than one. */
  readonly inFlight: number;
  /** Does it once; `ordinal` counts from 0 over the life of the process. Throws when the work came out wrong. */
  once(ordinal: number): NowOrLater<unknown>;
  /** What the work so far came to, by name. */
  tally?(): Readonly<Record<string, number>>;
}

export interface Slice {
  readonly count: number;
  /** Wall time, milliseconds. */
  readonly wallMs: number;
  /** Processor time of all threads of the process, milliseconds. */
  readonly cpuMs: number;
}

/** What a process holds once its garbage is collected, in MiB, and what its work came to. */
export interface Leftover {
  readonly heapMb: number;
  readonly rssMb: number;
  readonly tally: Readonly<Record<string, number>>;
}

/** What the parent asks of a child. */
export type Order = { readonly kind: 'slice'; readonly ms: number } | { readonly kind: 'settle' };
