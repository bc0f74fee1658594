// A span: one node of a tracing tool's tree, in no tool's dialect.
import type { Json, JsonObject } from '../../base/json.ts';

export interface Span {
  readonly trace: string;
  /** Null where the file tells none. */
  readonly id: string | null;
  readonly parent: string | null;
  readonly name: string;
  readonly startMs: number | null;
  readonly endMs: number | null;
  /** Flat: `gen_ai.request.model`. */
  readonly attributes: JsonObject;
  readonly error: string | null;
  readonly place: string;
}

/** The first of some attributes that is there and not null. */
export function attribute({ attributes }: Span, keys: readonly string[]): Json {
  for (const key of keys) {
    const value = attributes[key] ?? null;
    if (value !== null && value !== '') return value;
  }
  return null;
}

export function textAttribute(span: Span, keys: readonly string[]): string | null {
  const value = attribute(span, keys);
  return typeof value === 'string' ? value : value === null ? null : JSON.stringify(value);
}
