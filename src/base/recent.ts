// What was used recently: a table of bounded size, whose cost does not depend on the size.

/**
 * Two generations: what was set or asked for since the younger one began is kept, all else is forgotten when that is
 * full. So between `max` and twice as many are remembered. (A `Map` whose oldest key is deleted each time gets slow: it
 * steps over the gaps.)
 */
export class Recent<V> {
  readonly #max: number;
  readonly #weightOf: (value: V) => number;
  #weight = 0;
  #young = new Map<string, V>();
  #old = new Map<string, V>();

  /** `max` is in the unit of `weightOf`; absent: each value weighs 1. */
  constructor(max: number, weightOf: (value: V) => number = () => 1) {
    this.#max = max;
    this.#weightOf = weightOf;
  }

  get(key: string): V | undefined {
    // A key need not be hashed for a table that is empty.
    const young = this.#young.size === 0 ? undefined : this.#young.get(key);
    if (young !== undefined || this.#old.size === 0) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: V): void {
    this.#young.set(key, value);
    this.#weight += this.#weightOf(value);
    if (this.#weight <= this.#max) return;
    this.#old = this.#young;
    this.#young = new Map();
    this.#weight = 0;
  }

  delete(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }
}
