// Reading fields of foreign records: what is not there is null, what has the wrong type is an error that says where.
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts';
import type { FormatSample } from './format.ts';
import { broken } from './source/broken.ts';

/** The JSON pointer of a member; behind a line there is a space before it. */
export function below(place: string, key: string | number): string {
  const token = typeof key === 'number' ? key : escaped(key);
  const isLine = place.startsWith('line ') && !place.includes('/');
  return isLine ? `${place} /${token}` : `${place}/${token}`;
}

function escaped(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}

export function asObject(value: Json | undefined, place: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw broken(place, 'an object must stand here', value ?? null);
}

export function asList(value: Json | undefined, place: string): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  throw broken(place, 'a list must stand here', value ?? null);
}

/** Reads a record, or all records of a list, however deep they stand in it. */
export function eachRecord(
  value: Json,
  place: string,
  read: (record: JsonObject, place: string) => void,
): void {
  if (!Array.isArray(value)) return read(asObject(value, place), place);
  (value as readonly Json[]).forEach((one, index) => eachRecord(one, below(place, index), read));
}

/** What a format's `detects` looks at: the records of a sample, or of the one list that is its document. */
export function recordsIn({ shape, values }: FormatSample): readonly Json[] {
  const [first] = values;
  return shape === 'document' && Array.isArray(first) ? (first as readonly Json[]) : values;
}

/** Null where the field is missing or null. */
export function objectIn(record: JsonObject, key: string, place: string): JsonObject | null {
  const value = record[key] ?? null;
  return value === null || isJsonObject(value) ? value : asObject(value, below(place, key));
}

const nothing: readonly Json[] = [];

/** Empty where the field is missing or null. */
export function listIn(record: JsonObject, key: string, place: string): readonly Json[] {
  const value = record[key] ?? null;
  if (value === null) return nothing;
  return Array.isArray(value) ? (value as readonly Json[]) : asList(value, below(place, key));
}

export function textIn(record: JsonObject, key: string, place: string): string | null {
  const value = record[key] ?? null;
  if (value === null || typeof value === 'string') return value;
  throw broken(below(place, key), 'a text must stand here', value);
}

/** A field without which the record is not one of its format. */
export function neededText(record: JsonObject, key: string, place: string): string {
  const value = textIn(record, key, place);
  if (value !== null && value !== '') return value;
  throw broken(below(place, key), 'a text is missing here');
}

/** The first of some fields that holds a text that is not empty; other types are passed over. */
export function firstText(record: JsonObject, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = record[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

/** The first of some fields that holds a number, or a text that is one. */
export function firstNumber(record: JsonObject, keys: readonly string[]): number | null {
  for (const key of keys) {
    const value = record[key];
    const number = typeof value === 'string' && value !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
  }
  return null;
}
