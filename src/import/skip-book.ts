// The skip book: what was not taken over, counted by what it was and why.
import type { Skipped } from './format.ts';

export class SkipBook {
  readonly #counts = new Map<string, { readonly what: string; count: number; readonly why: string }>();

  skip(what: string, why: string): void {
    const key = `${what}\u0000${why}`;
    const line = this.#counts.get(key);
    if (line === undefined) this.#counts.set(key, { what, count: 1, why });
    else line.count += 1;
  }

  /** In order of first appearance. */
  lines(): readonly Skipped[] {
    return [...this.#counts.values()].map((line) => ({ ...line }));
  }
}
