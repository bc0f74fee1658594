// Canonical JSON: one value, one text (RFC 8785: sorted keys, no space, ECMAScript number form).

/**
 * The canonical text of a JSON value. `undefined` members are left out, as `JSON.stringify` does.
 * Throws `RangeError` for what JSON cannot hold (NaN, infinities, functions, symbols).
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return canonicalLeaf(value);
  return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value as Record<string, unknown>);
}

/** The canonical text of a value that holds no others. Throws as `canonicalJson` does. */
export function canonicalLeaf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isFinite(value))
        throw new RangeError(`canonicalJson: ${String(value)} is not a JSON number`);
      return `${value}`;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return 'null';
    case 'undefined':
    case 'function':
    case 'symbol':
    case 'bigint':
      throw new RangeError(`canonicalJson: a ${typeof value} is not JSON`);
  }
}

function canonicalArray(list: readonly unknown[]): string {
  let text = '[';
  for (let index = 0; index < list.length; index += 1) {
    if (index > 0) text += ',';
    text += list[index] === undefined ? 'null' : canonicalJson(list[index]);
  }
  return `${text}]`;
}

/** The canonical text of an object whose members are written by `write`: `canonicalJson`, or one that keeps texts. */
export function canonicalObject(
  record: Readonly<Record<string, unknown>>,
  write: (member: unknown) => string = canonicalJson,
): string {
  let text = '{';
  for (const key of sortedKeys(record)) {
    const member = record[key];
    if (member === undefined) continue;
    if (text.length > 1) text += ',';
    text += `${quoted(key)}:${write(member)}`;
  }
  return `${text}}`;
}

/** The keys of an object in the order of their UTF-16 units. Few keys, or keys in order, are cheaper to insert than to sort. */
export function sortedKeys(record: Readonly<Record<string, unknown>>): readonly string[] {
  const keys = Object.keys(record);
  if (keys.length > 16) return keys.sort();
  for (let index = 1; index < keys.length; index += 1) {
    const key = keys[index]!;
    let place = index;
    for (; place > 0 && keys[place - 1]! > key; place -= 1) keys[place] = keys[place - 1]!;
    keys[place] = key;
  }
  return keys;
}

/** Short texts of plain characters need no escapes, so the engine's own quoting is left to the others. */
function quoted(text: string): string {
  if (text.length > 48) return JSON.stringify(text);
  for (let index = 0; index < text.length; index += 1) {
    if (!isPlain(text.charCodeAt(index))) return JSON.stringify(text);
  }
  return `"${text}"`;
}

/** True for a character that JSON writes as it is: printable ASCII but for quote and backslash. */
export function isPlain(unit: number): boolean {
  return unit >= 0x20 && unit !== 0x22 && unit !== 0x5c && unit <= 0x7e;
}
