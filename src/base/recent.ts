// What was used recently: a table of bounded size, whose cost does not depend on the size.

/**
 * Two generations: what was set or asked for since the younger one began is kept, all else is forgotten when that is
 * full. So between `max` and twice as many are remembered. (A `Map` whose oldest key is deleted each time gets slow: it
 * steps over the gaps.)
 */
export class Recent<V> {
  readonly #max: number;
  #young = new Map<string, V>();
  #old = new Map<string, V>();

  constructor(max: number) {
    this.#max = max;
  }

  get(key: string): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: V): void {
    this.#young.set(key, value);
    if (this.#young.size <= this.#max) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  delete(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }
}
