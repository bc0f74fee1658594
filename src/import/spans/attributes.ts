// Attributes of spans: lists of keys and values, maps, nested objects and numbered keys, all made flat maps.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { asObject, below } from '../reading.ts';
import { broken } from '../source/broken.ts';

/** From a kv-list (`[{key, value: {stringValue}}]`, Jaeger's `[{key, value}]`) or a map, with inner objects made flat. */
export function flatAttributes(value: Json | undefined, place: string): JsonObject {
  const flat: Record<string, Json> = {};
  if (value === undefined || value === null) return flat;
  if (Array.isArray(value)) fromList(flat, value as readonly Json[], place);
  else for (const [key, one] of Object.entries(asObject(value, place))) flatten(flat, key, anyValue(one));
  return flat;
}

function fromList(flat: Record<string, Json>, list: readonly Json[], place: string): void {
  for (let index = 0; index < list.length; index += 1) {
    const entry = list[index];
    const key = isJsonObject(entry) ? entry['key'] : null;
    if (!isJsonObject(entry) || typeof key !== 'string')
      throw broken(below(place, index), 'a key and its value must stand here', entry);
    flatten(flat, key, anyValue(entry['value'] ?? null));
  }
}

/** An OTLP AnyValue, in any of its spellings; other values are taken as they are. */
function anyValue(value: Json): Json {
  if (!isJsonObject(value)) return value;
  const { stringValue } = value;
  if (typeof stringValue === 'string') return stringValue;
  const { intValue, doubleValue, boolValue, bytesValue, arrayValue, kvlistValue, values } = value;
  const plain = stringValue ?? doubleValue ?? boolValue ?? bytesValue ?? null;
  if (plain !== null) return plain;
  if (intValue !== undefined) return Number(intValue);
  const list = isJsonObject(arrayValue) ? arrayValue['values'] : (arrayValue ?? values);
  if (Array.isArray(list)) return (list as readonly Json[]).map(anyValue);
  if (isJsonObject(kvlistValue)) return flatAttributes(kvlistValue['values'], '');
  return value;
}

/** An inner object can be read whole, and by its parts. */
function flatten(flat: Record<string, Json>, key: string, value: Json): void {
  flat[key] = value;
  if (!isJsonObject(value)) return;
  for (const inner of Object.keys(value)) flatten(flat, `${key}.${inner}`, value[inner] ?? null);
}

/**
 * What stands under numbered keys: `p.0.message.role`, `p.0.message.tool_calls.1.name` become lists of objects. A list
 * or a text under the prefix itself is returned as it is; null where there is neither.
 */
export function numbered(attributes: JsonObject, prefix: string): Json {
  const whole = attributes[prefix];
  if (Array.isArray(whole)) return (whole as readonly Json[]).map(nested);
  if (typeof whole === 'string') return whole;
  const root: Branch = new Map();
  for (const key in attributes) {
    if (!key.startsWith(prefix) || key[prefix.length] !== '.') continue;
    plant(root, key.slice(prefix.length + 1).split('.'), attributes[key] ?? null);
  }
  const list = root.size === 0 ? null : grown(root);
  return Array.isArray(list) ? list : null;
}

/** Tables keep the members of a list flat: `message.role`, `tool_call.function.name`. */
function nested(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(nested);
  if (!isJsonObject(value)) return value;
  const root: Branch = new Map();
  for (const key of Object.keys(value)) plant(root, key.split('.'), nested(value[key] ?? null));
  return grown(root);
}

type Branch = Map<string, Branch | { readonly leaf: Json }>;

function plant(root: Branch, path: readonly string[], leaf: Json): void {
  let branch = root;
  path.forEach((step, index) => {
    if (index === path.length - 1) branch.set(step, { leaf });
    else {
      const next = branch.get(step);
      const inner: Branch = next instanceof Map ? next : new Map();
      branch.set(step, inner);
      branch = inner;
    }
  });
}

function grown(branch: Branch): Json {
  const entries = [...branch].map(([key, one]): [string, Json] => [
    key,
    one instanceof Map ? grown(one) : one.leaf,
  ]);
  if (!entries.every(([key]) => /^\d+$/.test(key))) return Object.fromEntries(entries);
  return entries.sort(([one], [other]) => Number(one) - Number(other)).map(([, value]) => value);
}
