// Unpacking: values that were printed into texts, as JSON once or several times over, or as Python literals.
import type { Json } from '../../base/json.ts';
import { pythonLiteral } from './python-literal.ts';

const layersMax = 4;

/** The value within a text, or the text itself where it is just a text. Undefined is null. */
export function unpacked(value: Json | undefined): Json {
  let inner = value ?? null;
  for (let layer = 0; layer < layersMax && typeof inner === 'string'; layer += 1) {
    const next = unpackedOnce(inner);
    if (next === undefined) return inner;
    inner = next;
  }
  return inner;
}

/** Only what begins as a list, an object or a quoted text: `12` and `true` are words that somebody wrote. */
function unpackedOnce(text: string): Json | undefined {
  const first = /^\s*([[{"(])/.exec(text)?.[1];
  if (first === undefined) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Python prints what looks like JSON and is not; what is neither stays a text.
    return first === '"' || first === '(' ? undefined : pythonLiteral(text);
  }
}
