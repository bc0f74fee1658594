// The gram index: finds which of many wanted texts may occur in a text, in one pass over it.

/** Characters of one gram; a wanted text that is shorter is not held. */
const gramChars = 6;
const filterBits = 16;

/**
 * Each wanted text is held under one of its grams: the one that the fewest others have. A text that holds no gram of
 * a wanted text cannot hold the wanted text.
 */
export class GramIndex {
  readonly #held: ReadonlySet<number>;
  readonly #byHash = new Map<number, number[]>();
  /** A bit for each hash that is in use, so that most places of a text cost one look. */
  readonly #filter = new Uint8Array(1 << filterBits);

  /** `null`: nothing is wanted at this place. */
  constructor(wanted: readonly (string | null)[]) {
    const counts = new Map<number, number>();
    for (const text of wanted)
      for (const hash of new Set(gramsOf(text ?? ''))) counts.set(hash, (counts.get(hash) ?? 0) + 1);
    const held = new Set<number>();
    for (const [place, text] of wanted.entries()) {
      const hash = rarest(gramsOf(text ?? ''), counts);
      if (hash === null) continue;
      held.add(place);
      this.#filter[hash >>> (32 - filterBits)] = 1;
      const here = this.#byHash.get(hash);
      if (here === undefined) this.#byHash.set(hash, [place]);
      else here.push(place);
    }
    this.#held = held;
  }

  get isEmpty(): boolean {
    return this.#held.size === 0;
  }

  holds(place: number): boolean {
    return this.#held.has(place);
  }

  /** Adds the places whose gram occurs in the text; in no order, and maybe more than once. */
  find(text: string, found: number[]): void {
    const filter = this.#filter;
    const { length } = text;
    let rolling = 0;
    for (let at = 0; at < length; at += 1) {
      rolling = (Math.imul(rolling, base) + text.charCodeAt(at)) | 0;
      if (at < gramChars - 1) continue;
      if (at >= gramChars) rolling = (rolling - Math.imul(leaving, text.charCodeAt(at - gramChars))) | 0;
      const hash = mixed(rolling);
      if (filter[hash >>> (32 - filterBits)] === 0) continue;
      const here = this.#byHash.get(hash);
      if (here !== undefined) found.push(...here);
    }
  }
}

function rarest(hashes: readonly number[], counts: ReadonlyMap<number, number>): number | null {
  let best: number | null = null;
  for (const hash of hashes)
    if (best === null || (counts.get(hash) ?? 0) < (counts.get(best) ?? 0)) best = hash;
  return best;
}

const base = 0x01000193;
/** `base` to the power of `gramChars`: what the character that leaves the window has been multiplied by. */
const leaving = Array.from({ length: gramChars }).reduce<number>((power) => Math.imul(power, base), 1);

/** The hashes of all grams of a text, as `find` rolls them. */
function gramsOf(text: string): readonly number[] {
  const hashes: number[] = [];
  for (let start = 0; start + gramChars <= text.length; start += 1) {
    let rolling = 0;
    for (let at = start; at < start + gramChars; at += 1)
      rolling = (Math.imul(rolling, base) + text.charCodeAt(at)) | 0;
    hashes.push(mixed(rolling));
  }
  return hashes;
}

/** So that the high bits may be used. */
function mixed(rolling: number): number {
  return Math.imul(rolling ^ (rolling >>> 15), 0x2c1b3c6d) >>> 0;
}
