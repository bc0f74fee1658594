// An invariant: a sentence that must be true of every trace, and the function that tests it.
import type { TraceIndex } from './trace-index.ts';
import type { InvariantId, Ruling } from './verdict.ts';

export interface Invariant {
  readonly id: InvariantId;
  readonly sentence: string;
  check(index: TraceIndex): Ruling;
}
