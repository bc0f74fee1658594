// Seeded random streams, split by label: the only source of chance.
import { mixText } from './fingerprint.ts';

/**
 * A stream of pseudo-random draws. Two streams split from one parent by different labels are independent,
 * and a split does not advance its parent, so that adding a consumer shifts nobody else's draws.
 */
export interface Random {
  /** A float in [0, 1). */
  next(): number;
  /** An integer in [min, max], both ends included. */
  integer(min: number, max: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One element; the list must not be empty. */
  pick<T>(from: readonly T[]): T;
  /** A stream of its own under a label. */
  split(label: string | number): Random;
}

/** The stream named by a seed and labels: same seed and labels, same draws. */
export function createRandom(seed: number | string, ...labels: readonly (string | number)[]): Random {
  return new Stream(keyOf(seed, labels));
}

/** One draw in [0, 1) named by a seed and labels, without making a stream. */
export function drawAt(seed: number | string, ...labels: readonly (string | number)[]): number {
  return splitMix(keyOf(seed, labels)) / 4294967296;
}

/** Draws that share all labels but the last: `drawsAt(seed, 'a')('b')` is `drawAt(seed, 'a', 'b')`, at half the price. */
export function drawsAt(
  seed: number | string,
  ...labels: readonly (string | number)[]
): (label: string | number) => number {
  const key = keyOf(seed, labels);
  return (label) => splitMix(mixText(key, String(label))) / 4294967296;
}

function keyOf(seed: number | string, labels: readonly (string | number)[]): number {
  let key = mixText(0x2545f491, String(seed));
  for (const label of labels) key = mixText(key, String(label));
  return key;
}

class Stream implements Random {
  #state: number;
  readonly #key: number;

  constructor(key: number) {
    this.#key = key;
    this.#state = key | 0;
  }

  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    return splitMix(this.#state) / 4294967296;
  }

  integer(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new RangeError('pick: the list is empty');
    return from[Math.floor(this.next() * from.length)] as T;
  }

  split(label: string | number): Random {
    return new Stream(mixText(this.#key, String(label)));
  }
}

/** The 32-bit output function of SplitMix (Steele, Lea, Flood 2014), in its 32-bit form. */
function splitMix(state: number): number {
  let mixed = state ^ (state >>> 16);
  mixed = Math.imul(mixed, 0x21f0aaad);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
