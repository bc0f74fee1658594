// A mailbox: messages for one agent in the order of their arrival, and those who wait for the next.
import type { Handoff } from '../team/handoff.ts';

export interface Letter {
  readonly handoff: Handoff;
  /** The trace event of its sending. */
  readonly cause: number;
}

/** Called once, with the next letter, or with null when the wait was given up. */
export type Waiter = (letter: Letter | null) => void;

export class Mailbox {
  readonly #letters: Letter[] = [];
  readonly #waiters: Waiter[] = [];

  put(letter: Letter): void {
    const waiter = this.#waiters.shift();
    if (waiter === undefined) this.#letters.push(letter);
    else waiter(letter);
  }

  wait(waiter: Waiter): void {
    const letter = this.#letters.shift();
    if (letter === undefined) this.#waiters.push(waiter);
    else waiter(letter);
  }

  /** Gives a wait up; one that was served already stays served. */
  leave(waiter: Waiter): void {
    const place = this.#waiters.indexOf(waiter);
    if (place < 0) return;
    this.#waiters.splice(place, 1);
    waiter(null);
  }
}
