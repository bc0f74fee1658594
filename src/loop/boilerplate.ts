// Boilerplate: phrases that stand in nearly all that an agent says, and so say nothing about this time.
import type { TextPrint } from './text-print.ts';

/** Share of an agent's texts above which a phrase is boilerplate. */
const shareMin = 0.6;
/** Texts of an agent before anything can be told about its habits. */
const textsMin = 5;
/** Phrases that are counted; the rare ones are forgotten when there are more. */
const countedMax = 20_000;

/** Counts the phrases of one agent's texts. */
export class Boilerplate {
  #texts = 0;
  #counts = new Map<number, number>();

  add({ phrases }: TextPrint): void {
    this.#texts += 1;
    for (const phrase of phrases) this.#counts.set(phrase, (this.#counts.get(phrase) ?? 0) + 1);
    if (this.#counts.size > countedMax) this.#forgetRare();
  }

  /**
   * The share of phrases, boilerplate aside, that two texts have in common: 0 to 1 (Jaccard index, over the smallest
   * hashes of the union where texts are long). Where all is boilerplate, all of it is compared.
   */
  likeness(one: TextPrint, other: TextPrint): number {
    const enough = this.#texts >= textsMin;
    const stripped = enough ? this.#shared(one, other, true) : null;
    if (stripped !== null && stripped.all >= 4) return stripped.both / stripped.all;
    const whole = this.#shared(one, other, false);
    return whole.all === 0 ? 0 : whole.both / whole.all;
  }

  #shared(one: TextPrint, other: TextPrint, strip: boolean): { both: number; all: number } {
    const tally = { both: 0, all: 0 };
    const [left, right] = [one.phrases, other.phrases];
    const seenMax = Math.max(left.length, right.length);
    for (let i = 0, j = 0, seen = 0; (i < left.length || j < right.length) && seen < seenMax; seen += 1) {
      const [a, b] = [left[i] ?? Infinity, right[j] ?? Infinity];
      const phrase = Math.min(a, b);
      if (a === phrase) i += 1;
      if (b === phrase) j += 1;
      if (strip && this.#isHabit(phrase)) continue;
      tally.all += 1;
      if (a === b) tally.both += 1;
    }
    return tally;
  }

  #isHabit(phrase: number): boolean {
    return (this.#counts.get(phrase) ?? 0) > shareMin * this.#texts;
  }

  /** All counts are halved, so that what is rare falls out and shares stay what they were. */
  #forgetRare(): void {
    while (this.#counts.size > countedMax / 2) {
      this.#texts /= 2;
      for (const [phrase, count] of this.#counts)
        if (count < 2) this.#counts.delete(phrase);
        else this.#counts.set(phrase, count / 2);
    }
  }
}
