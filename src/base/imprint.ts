// An imprint: what a JSON value holds at one moment, part by part, to see afterwards whether it still does.

/**
 * Exact, unlike a hash, and quicker: texts are compared where they lie. Members that are undefined count as absent; their
 * order counts. One imprint can be taken again and again.
 */
export class Imprint {
  readonly #aside: ReadonlySet<string>;
  readonly #parts: unknown[] = [];
  #does: 'take' | 'compare' = 'take';
  #place = 0;
  #differs = false;

  /** `aside` names the members of the outermost object that are left out. */
  constructor(aside: ReadonlySet<string>) {
    this.#aside = aside;
  }

  take(value: object): void {
    this.#walk('take', value);
    this.#parts.length = this.#place;
  }

  /** True when the value holds what it held when the imprint was taken. */
  fits(value: object): boolean {
    this.#walk('compare', value);
    return !this.#differs && this.#place === this.#parts.length;
  }

  #walk(does: 'take' | 'compare', value: object): void {
    this.#does = does;
    this.#place = 0;
    this.#differs = false;
    const members = value as Members;
    for (const key in members) if (!this.#aside.has(key)) this.#member(key, members[key]);
  }

  #member(key: string, member: unknown): void {
    if (member === undefined) return;
    this.#part(key);
    this.#value(member);
  }

  #value(value: unknown): void {
    if (typeof value !== 'object' || value === null) {
      this.#part(value);
      return;
    }
    if (Array.isArray(value)) {
      this.#part(list);
      for (let place = 0; place < value.length; place += 1) this.#value(value[place]);
    } else {
      this.#part(object);
      const members = value as Members;
      for (const key in members) this.#member(key, members[key]);
    }
    this.#part(end);
  }

  #part(part: unknown): void {
    if (this.#does === 'take') this.#parts[this.#place] = part;
    else if (this.#parts[this.#place] !== part) this.#differs = true;
    this.#place += 1;
  }
}

type Members = Readonly<Record<string, unknown>>;

/** They open and close what stands in one another; no JSON value is one of them. */
const [list, object, end] = [Symbol('list'), Symbol('object'), Symbol('end')];
