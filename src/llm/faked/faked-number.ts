// Faked numbers: within the bounds of a schema, and of the size that the field's name leads one to expect.
import type { Json, JsonObject } from '../../base/json.ts';
import type { FakedWorld } from './faked-world.ts';

/** Usual range by field name, first match. Decimals: digits after the point for numbers that are not integers. */
const ranges: readonly (readonly [
  RegExp,
  { readonly min: number; readonly max: number; readonly decimals: number },
])[] = [
  [/confidence|probability|likelihood/, { min: 0.72, max: 0.97, decimals: 2 }],
  [/score|rating|percent|pct/, { min: 55, max: 96, decimals: 0 }],
  [/amount|price|cost|total|budget|revenue|fee|value|usd|eur/, { min: 120, max: 48_000, decimals: 2 }],
  [/seat|employee|headcount|quantity|count|units/, { min: 3, max: 400, decimals: 0 }],
  [/year/, { min: 2019, max: 2026, decimals: 0 }],
  [/day/, { min: 1, max: 30, decimals: 0 }],
  [/age/, { min: 21, max: 67, decimals: 0 }],
  [/latitude|^lat$/, { min: -60, max: 70, decimals: 5 }],
  [/longitude|^l(?:ng|on)$/, { min: -180, max: 180, decimals: 5 }],
];

const anyRange = { min: 1, max: 100, decimals: 2 };

export function fakeNumber(schema: JsonObject, field: string, { faker }: FakedWorld): number {
  const isInteger = schema['type'] === 'integer';
  const usual = ranges.find(([pattern]) => pattern.test(field.toLowerCase()))?.[1] ?? anyRange;
  const step = numeric(schema['multipleOf']) ?? (isInteger ? 1 : 10 ** -usual.decimals);
  const low = lowBound(schema, step);
  const high = highBound(schema, step);
  const [min, max] = rangeWithin(usual, low, high);
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  // Bounds closer than the usual step: anything between them.
  if (first > last) return isInteger ? Math.ceil(min) : faker.number.float({ min, max });
  return rounded(faker.number.int({ min: first, max: last }) * step);
}

/** The usual range where it lies within the bounds; otherwise the bounds, an open end a hundred above or below. */
function rangeWithin(
  usual: { readonly min: number; readonly max: number },
  low: number | null,
  high: number | null,
): readonly [number, number] {
  const min = Math.max(usual.min, low ?? -Infinity);
  const max = Math.min(usual.max, high ?? Infinity);
  if (min <= max) return [min, max];
  if (low !== null && high !== null) return [low, high];
  return low === null ? [(high ?? 0) - 100, high ?? 0] : [low, low + 100];
}

function lowBound(schema: JsonObject, step: number): number | null {
  const exclusive = numeric(schema['exclusiveMinimum']);
  const bounds = [numeric(schema['minimum']), exclusive === null ? null : exclusive + step].filter(
    (one) => one !== null,
  );
  return bounds.length === 0 ? null : Math.max(...bounds);
}

function highBound(schema: JsonObject, step: number): number | null {
  const exclusive = numeric(schema['exclusiveMaximum']);
  const bounds = [numeric(schema['maximum']), exclusive === null ? null : exclusive - step].filter(
    (one) => one !== null,
  );
  return bounds.length === 0 ? null : Math.min(...bounds);
}

/** `z.int()` writes the safe-integer bounds, which say nothing about size. */
function numeric(value: Json | undefined): number | null {
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null;
}

function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
