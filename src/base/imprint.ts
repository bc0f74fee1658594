// An imprint: what a JSON value holds at one moment, part by part, to see afterwards whether it still does.

/**
 * Exact, unlike a hash, and quicker: texts are compared where they lie. Members that are undefined count as absent; their
 * order counts. One imprint can be taken again and again.
 */
export class Imprint {
  readonly #aside: ReadonlySet<string>;
  #parts: readonly unknown[] = [];

  /** `aside` names the members of the outermost object that are left out. */
  constructor(aside: ReadonlySet<string>) {
    this.#aside = aside;
  }

  take(value: object): void {
    this.#parts = this.#partsOf(value);
  }

  /** True when the value holds what it held when the imprint was taken. */
  fits(value: object): boolean {
    const parts = this.#partsOf(value);
    if (parts.length !== this.#parts.length) return false;
    for (let place = 0; place < parts.length; place += 1)
      if (parts[place] !== this.#parts[place]) return false;
    return true;
  }

  #partsOf(value: object): readonly unknown[] {
    const parts: unknown[] = [];
    const members = value as Members;
    for (const key in members) if (!this.#aside.has(key)) takeMember(parts, key, members[key]);
    return parts;
  }
}

type Members = Readonly<Record<string, unknown>>;

/** They open and close what stands in one another; no JSON value is one of them. */
const [list, object, end] = [Symbol('list'), Symbol('object'), Symbol('end')];

function takeValue(parts: unknown[], value: unknown): void {
  if (typeof value !== 'object' || value === null) {
    parts.push(value);
    return;
  }
  if (Array.isArray(value)) {
    parts.push(list);
    for (let place = 0; place < value.length; place += 1) takeValue(parts, value[place]);
  } else {
    parts.push(object);
    const members = value as Members;
    for (const key in members) takeMember(parts, key, members[key]);
  }
  parts.push(end);
}

function takeMember(parts: unknown[], key: string, member: unknown): void {
  if (member === undefined) return;
  parts.push(key);
  takeValue(parts, member);
}
