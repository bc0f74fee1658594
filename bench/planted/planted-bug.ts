// A planted bug: a small textual change of the steward's source that a hunt for broken invariants must find.

export interface PlantedBug {
  readonly name: string;
  /** What goes wrong, for somebody who knows the team and not the code. */
  readonly story: string;
  readonly edits: readonly Edit[];
}

export interface Edit {
  /** Path below `src/`. */
  readonly file: string;
  /** Must occur exactly once in the file. */
  readonly find: string;
  readonly replace: string;
}
