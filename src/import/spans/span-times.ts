// The times of a span: when it began and ended, whatever a tracing tool calls that and counts it in.
import type { Json, JsonObject } from '../../base/json.ts';
import { momentMs } from '../dialect/moment.ts';
import { below } from '../reading.ts';
import { broken } from '../source/broken.ts';

/** What the edges of a span are called, in nanoseconds and as moments. */
interface EdgeKeys {
  readonly nanos: readonly string[];
  readonly moments: readonly string[];
}

const edgeKeys = (edge: 'start' | 'end'): EdgeKeys => ({
  nanos: [`${edge}TimeUnixNano`, `${edge}_time_unix_nano`],
  moments: [`${edge}Time`, `${edge}_time`, `${edge}Timestamp`, `${edge}_timestamp`],
});
const startKeys = edgeKeys('start');
const endKeys = edgeKeys('end');

/** Milliseconds since the Unix epoch; null where it is not told. Throws IMPORT_BROKEN for what is no time. */
export function startIn(record: JsonObject, place: string): number | null {
  return timeIn(record, startKeys, place);
}

/** As `startIn`; where only a duration is told, it is counted from the start. */
export function endIn(record: JsonObject, startMs: number | null, place: string): number | null {
  return timeIn(record, endKeys, place) ?? endAfter(startMs, record['duration']);
}

/** Jaeger tells microseconds. */
function endAfter(startMs: number | null, duration: Json | undefined): number | null {
  return startMs === null || typeof duration !== 'number' ? null : startMs + duration / 1000;
}

function timeIn(record: JsonObject, { nanos, moments }: EdgeKeys, place: string): number | null {
  for (const key of nanos) {
    const value = record[key] ?? null;
    if (value === null) continue;
    const digits = typeof value === 'number' ? value.toFixed(0) : value;
    const ms = typeof digits === 'string' ? nanosMs(digits) : Number.NaN;
    if (Number.isNaN(ms)) throw broken(below(place, key), 'nanoseconds must stand here', value);
    return ms;
  }
  for (const key of moments) {
    const value = record[key] ?? null;
    if (value === null) continue;
    const ms = momentMs(value);
    if (ms === null) throw broken(below(place, key), 'a moment must stand here', value);
    return ms;
  }
  return null;
}

/**
 * Nanoseconds do not fit into a number: the milliseconds are cut off first. NaN for what holds anything but digits, or
 * none; read digit by digit, which takes a tenth of what checking and cutting texts does.
 */
function nanosMs(digits: string): number {
  const cut = Math.max(0, digits.length - 6);
  return digits === '' ? Number.NaN : digitsIn(digits, 0, cut) + digitsIn(digits, cut, digits.length) / 1e6;
}

function digitsIn(text: string, from: number, end: number): number {
  let value = 0;
  for (let at = from; at < end; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
