// Canonical JSON: one value, one text (RFC 8785: sorted keys, no space, ECMAScript number form).

/**
 * The canonical text of a JSON value. `undefined` members are left out, as `JSON.stringify` does.
 * Throws `RangeError` for a number that JSON cannot hold (NaN, infinities).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`canonicalJson: ${String(value)} is not a JSON number`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    let text = '[';
    for (let index = 0; index < value.length; index += 1) {
      if (index > 0) text += ',';
      text += value[index] === undefined ? 'null' : canonicalJson(value[index]);
    }
    return `${text}]`;
  }
  if (typeof value === 'object') {
    const record = value as Record<string, unknown>;
    let text = '{';
    let first = true;
    for (const key of Object.keys(record).sort()) {
      if (record[key] === undefined) continue;
      text += `${first ? '' : ','}${JSON.stringify(key)}:${canonicalJson(record[key])}`;
      first = false;
    }
    return `${text}}`;
  }
  throw new RangeError(`canonicalJson: a ${typeof value} is not JSON`);
}
