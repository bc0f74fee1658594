// Values of OTLP JSON: attributes, ids and moments, as the protocol spells them.
import { fingerprintText } from '../base/fingerprint.ts';
import type { Json, JsonObject } from '../base/json.ts';

export type AttributeValue = string | number | boolean | readonly string[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** A list of `{key, value: {stringValue}}`; integers are written as texts, as JSON of 64-bit numbers must be. */
export function keyValues(attributes: Attributes): readonly JsonObject[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: AttributeValue): JsonObject {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { arrayValue: { values: value.map((stringValue) => ({ stringValue })) } };
}

/** 32 hex digits. */
export function traceIdOf(...parts: readonly Json[]): string {
  const text = JSON.stringify(parts);
  return fingerprintText(text) + fingerprintText(`${text}/`);
}

/** 16 hex digits. */
export function spanIdOf(trace: string, seq: number): string {
  return fingerprintText(`${trace}/${seq}`);
}

/** Milliseconds as a text of nanoseconds; below zero is zero. */
export function nanosOf(atMs: number): string {
  const whole = Math.floor(Math.max(0, atMs));
  const nanos = Math.round((Math.max(0, atMs) - whole) * 1e6);
  return String(BigInt(whole) * 1_000_000n + BigInt(nanos));
}
