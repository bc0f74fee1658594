// The words of a text, as a set: what it is about, whatever the order and the small words.

/** Words that are kept of a text: the first ones. */
const wordsMax = 200;
/** Characters below which a word says nothing about the matter. */
const lettersMin = 3;
const readCharsMax = 4_000;

export type Vocabulary = ReadonlySet<string>;

export function vocabularyOf(text: string): Vocabulary {
  const words =
    text
      .slice(0, readCharsMax)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter(({ length }) => length >= lettersMin).slice(0, wordsMax));
}

/** Words in common, as a share of all: 0 to 1 (Jaccard index). */
export function alike(one: Vocabulary, other: Vocabulary): number {
  let both = 0;
  for (const word of one) if (other.has(word)) both += 1;
  const all = one.size + other.size - both;
  return all === 0 ? 0 : both / all;
}

/** The words that stand in none of the others. */
export function newWords(one: Vocabulary, others: readonly Vocabulary[]): Vocabulary {
  return new Set([...one].filter((word) => !others.some((other) => other.has(word))));
}

export function meet(one: Vocabulary, other: Vocabulary): boolean {
  return [...one].some((word) => other.has(word));
}
