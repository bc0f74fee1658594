// Real work: what is really waited for while virtual time stands still, such as a provider whose answers are recorded.

interface Piece {
  isDone: boolean;
  giveOut: () => void;
}

/**
 * 1. Whoever moves time waits for `rest` first, so no timer fires while a piece of work is under way.
 * 2. Results are given out once all pieces are done, in the order in which they were begun: which of them was faster
 *    changes nothing.
 */
export class RealWork {
  #pieces: readonly Piece[] = [];
  readonly #resting: (() => void)[] = [];

  get isUnderWay(): boolean {
    return this.#pieces.length > 0;
  }

  /** Settles as the work does, together with all other work that is under way. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    const piece: Piece = { isDone: false, giveOut: () => undefined };
    this.#pieces = [...this.#pieces, piece];
    const given = new Promise<void>((resolve) => (piece.giveOut = resolve));
    const result = work();
    void Promise.allSettled([result]).then(() => this.#done(piece));
    await given;
    return result;
  }

  /** Settles when no work is under way. */
  async rest(): Promise<void> {
    if (!this.isUnderWay) return;
    await new Promise<void>((resolve) => void this.#resting.push(resolve));
  }

  #done(piece: Piece): void {
    piece.isDone = true;
    if (this.#pieces.some(({ isDone }) => !isDone)) return;
    const done = this.#pieces;
    this.#pieces = [];
    for (const { giveOut } of done) giveOut();
    for (const resume of this.#resting.splice(0)) resume();
  }
}
