// A loop: agents that go round and round to no effect, and what it cost.

/**
 * `repeat`: the same action again. `retry`: the same action again with others in between. `exchange`: agents pass the
 * same thing back and forth. `rework`: rejected work comes back unimproved. `waitingRing`: agents wait for each other.
 * `rewording`: the same futile intent in other words. `restart`: a long beginning is gone through anew. `iteration`:
 * the same action over changing things, with changing results; it is told, and is no fault.
 */
export type LoopKind =
  | 'repeat'
  | 'retry'
  | 'exchange'
  | 'rework'
  | 'waitingRing'
  | 'rewording'
  | 'restart'
  | 'iteration';

export interface Loop {
  readonly kind: LoopKind;
  /** Who goes round, in order of appearance. */
  readonly agents: readonly string[];
  readonly tools: readonly string[];
  /** `from->to` of the handoffs within it. */
  readonly edges: readonly string[];
  /** 1-based places of steps in the trace (`step-reader.ts` says what counts as one). */
  readonly firstStep: number;
  readonly lastStep: number;
  /** `seq` of the first and the last event. */
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Steps from one round to the next: the median. */
  readonly period: number;
  readonly repetitions: number;
  /** Billed from the second round on: the first may have been needed. */
  readonly tokens: number;
  /** Milliseconds from the second round to the end of the last. */
  readonly timeMs: number;
  /** What changed from round to round, or that nothing did. */
  readonly progress: string;
  /** Why it is called a loop, in one sentence. */
  readonly reason: string;
}

/** Whether anybody should do something about it: all kinds but an iteration. */
export function isFault({ kind }: Loop): boolean {
  return kind !== 'iteration';
}
