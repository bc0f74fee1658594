// Canonical JSON: one value, one text (RFC 8785: sorted keys, no space, ECMAScript number form).

/**
 * The canonical text of a JSON value. `undefined` members are left out, as `JSON.stringify` does.
 * Throws `RangeError` for what JSON cannot hold (NaN, infinities, functions, symbols).
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isFinite(value))
        throw new RangeError(`canonicalJson: ${String(value)} is not a JSON number`);
      return `${Object.is(value, -0) ? 0 : value}`;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value as Record<string, unknown>);
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

function canonicalObject(record: Readonly<Record<string, unknown>>): string {
  let text = '{';
  for (const key of sortedKeys(record)) {
    if (record[key] === undefined) continue;
    if (text.length > 1) text += ',';
    text += `${quoted(key)}:${canonicalJson(record[key])}`;
  }
  return `${text}}`;
}

/** Most objects are written with their keys in order: looking is cheaper than sorting. */
function sortedKeys(record: Readonly<Record<string, unknown>>): readonly string[] {
  const keys = Object.keys(record);
  for (let index = 1; index < keys.length; index += 1) {
    if (keys[index]! < keys[index - 1]!) return keys.sort();
  }
  return keys;
}

/** Short texts of plain characters need no escapes, so the engine's own quoting is left to the others. */
function quoted(text: string): string {
  if (text.length > 48) return JSON.stringify(text);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 || unit === 0x22 || unit === 0x5c || unit > 0x7e) return JSON.stringify(text);
  }
  return `"${text}"`;
}
