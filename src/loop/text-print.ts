// What a text looks like to whoever compares it: its noise masked, its phrases hashed.
import { fingerprintText, mixPair } from '../base/fingerprint.ts';

/** How much of a text is looked at: from its beginning, in characters. Bounds the cost of a step. */
export const readCharsMax = 8_000;

/** Phrases that are kept of a text: those with the smallest hashes, so that two texts keep the same ones. */
const phrasesMax = 160;

export interface TextPrint {
  /** Fingerprint of the text without its noise. */
  readonly sameness: string;
  /** Hashes of pairs of neighbouring words, ascending. */
  readonly phrases: readonly number[];
  /** Words in the text, as far as it was looked at. */
  readonly words: number;
  /** The first different words that say something of the matter. */
  readonly terms: ReadonlySet<string>;
}

/** Terms that are kept of a text, and letters below which a word is none. */
const termsMax = 64;
const lettersMin = 3;

/** What differs from one try to the next and means nothing: ids, hashes, moments, long numbers. */
const noise =
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?|\b\d\d:\d\d:\d\d(?:\.\d+)?\b|\b(?=[a-z_-]*\d)(?=[\d_-]*[a-z])[a-z0-9_-]{12,}\b|\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}\b|\b\d{6,}\b/gi;

/** White space that is more than one space: most is not, and need not be written anew. */
const wideSpace = /\s{2,}|[^\S ]/g;

function withoutNoise(text: string): string {
  return text.slice(0, readCharsMax).replace(noise, '#').replace(wideSpace, ' ').trim();
}

export function printOf(text: string): TextPrint {
  const plain = withoutNoise(text);
  const words = plain.toLowerCase().match(/[\p{L}\p{N}#]+/gu) ?? [];
  return {
    sameness: fingerprintText(plain),
    phrases: phrasesOf(words),
    words: words.length,
    terms: termsOf(words),
  };
}

/** Numbers in a typed list are sorted by their size, five times as fast as any others. */
function phrasesOf(words: readonly string[]): readonly number[] {
  const hashes = new Uint32Array(words.length);
  for (let index = 0; index < words.length; index += 1)
    hashes[index] = mixPair(1, words[index - 1] ?? '', words[index] ?? '');
  const phrases: number[] = [];
  for (const hash of hashes.sort()) {
    if (hash !== phrases.at(-1)) phrases.push(hash);
    if (phrases.length === phrasesMax) break;
  }
  return phrases;
}

function termsOf(words: readonly string[]): ReadonlySet<string> {
  const terms = new Set<string>();
  for (const word of words) {
    if (word.length >= lettersMin) terms.add(word);
    if (terms.size === termsMax) break;
  }
  return terms;
}
