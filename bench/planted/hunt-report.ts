// What a hunt reports: the first seed whose trial broke something, or that none did.

export interface Finding {
  readonly seed: number;
  /** The number of the invariant, or the outcome, that gave it away. */
  readonly by: string;
  readonly sentence: string;
}

export interface Hunt {
  /** Trials that were run. */
  readonly seeds: number;
  readonly finding: Finding | null;
  /** How often each outcome came up. */
  readonly outcomes: Readonly<Record<string, number>>;
}
