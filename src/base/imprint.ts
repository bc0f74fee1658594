// An imprint: what a JSON value holds at one moment, part by part, to see afterwards whether it still does.

/**
 * Exact, unlike a hash, and quicker: texts are compared where they lie. Members that are undefined count as absent; their
 * order counts. One imprint can be taken again and again.
 */
export class Imprint {
  readonly #parts: unknown[] = [];
  readonly #aside: ReadonlySet<string>;
  #place = 0;

  /** `aside` names the members of the outermost object that are left out. */
  constructor(aside: ReadonlySet<string>) {
    this.#aside = aside;
  }

  take(value: object): void {
    this.#parts.length = 0;
    this.#walk(value, this.#keep);
  }

  /** True when the value holds what it held when the imprint was taken. */
  fits(value: object): boolean {
    this.#place = 0;
    return this.#walk(value, this.#compare) && this.#place === this.#parts.length;
  }

  readonly #keep: Visit = (part) => {
    this.#parts.push(part);
    return true;
  };

  readonly #compare: Visit = (part) => {
    this.#place += 1;
    return this.#parts[this.#place - 1] === part;
  };

  #walk(value: object, visit: Visit): boolean {
    const members = value as Members;
    for (const key in members) {
      if (this.#aside.has(key)) continue;
      if (!walkMember(key, members[key], visit)) return false;
    }
    return true;
  }
}

type Members = Readonly<Record<string, unknown>>;
type Visit = (part: unknown) => boolean;

/** They open and close what stands in one another; no JSON value is one of them. */
const [list, object, end] = [Symbol('list'), Symbol('object'), Symbol('end')];

function walk(value: unknown, visit: Visit): boolean {
  if (typeof value !== 'object' || value === null) return visit(value);
  if (Array.isArray(value)) {
    if (!visit(list)) return false;
    for (let place = 0; place < value.length; place += 1) if (!walk(value[place], visit)) return false;
    return visit(end);
  }
  if (!visit(object)) return false;
  const members = value as Members;
  for (const key in members) if (!walkMember(key, members[key], visit)) return false;
  return visit(end);
}

function walkMember(key: string, member: unknown, visit: Visit): boolean {
  return member === undefined || (visit(key) && walk(member, visit));
}
