// Sameness of JSON values, byte for byte: the same members in the same order.

/** True when `JSON.stringify` of both would give the same text, without making it. */
export function sameBytes(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one)) return Array.isArray(other) && sameLists(one, other);
  return !Array.isArray(other) && sameObjects(one as Members, other as Members);
}

type Members = Readonly<Record<string, unknown>>;

function sameLists(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) if (!sameBytes(one[index], other[index])) return false;
  return true;
}

function sameObjects(one: Members, other: Members): boolean {
  const others = Object.keys(other);
  let place = 0;
  for (const key in one) {
    if (others[place] !== key || !sameBytes(one[key], other[key])) return false;
    place += 1;
  }
  return place === others.length;
}
