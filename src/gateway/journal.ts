// The journal of a run: one line for each request that came in, and what became of it.

/** `open`: the reply is under way. `refused`: it never came to a model. */
export type JournalOutcome = 'open' | 'delivered' | 'abandoned' | 'refused';

export interface JournalEntry {
  /** 1-based over the life of the run; the journal gives it. */
  n: number;
  /** Milliseconds since the Unix epoch. */
  readonly atMs: number;
  readonly method: string;
  /** As it follows the provider's base URL. */
  readonly path: string;
  /** The provider's interface; null where none serves the path. */
  readonly api: string | null;
  readonly agent: string | null;
  readonly model: string | null;
  readonly turn: number | null;
  readonly attempt: number | null;
  /** HTTP status; null where the connection broke, or nothing was ever said. */
  status: number | null;
  outcome: JournalOutcome;
  /** What the caller was told, for a refusal. */
  readonly message: string | null;
}

/** What somebody who watches said about the run. */
export interface JournalNote {
  readonly atMs: number;
  readonly note: string;
}

export class Journal {
  readonly #entriesMax: number;
  readonly #entries: JournalEntry[] = [];
  readonly #notes: JournalNote[] = [];
  #count = 0;

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  /** Requests so far, those that were dropped from the journal as well. */
  get count(): number {
    return this.#count;
  }

  /** Takes the entry over, and numbers it. */
  add(entry: JournalEntry): JournalEntry {
    this.#count += 1;
    entry.n = this.#count;
    this.#entries.push(entry);
    if (this.#entries.length > this.#entriesMax) this.#entries.splice(0, Math.ceil(this.#entries.length / 4));
    return entry;
  }

  note(atMs: number, note: string): void {
    this.#notes.push({ atMs, note });
    if (this.#notes.length > this.#entriesMax) this.#notes.shift();
  }

  read(): {
    readonly entries: readonly JournalEntry[];
    readonly dropped: number;
    readonly notes: readonly JournalNote[];
  } {
    return {
      entries: this.#entries,
      dropped: this.#count - this.#entries.length,
      notes: this.#notes,
    };
  }
}
