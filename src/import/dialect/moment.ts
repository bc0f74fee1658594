// Moments in any dialect, as milliseconds since the Unix epoch.
import type { Json } from '../../base/json.ts';

/**
 * ISO texts (without a zone they are UTC), `[seconds, nanoseconds]`, and numbers or texts of digits whose size tells their
 * unit: seconds, milliseconds, microseconds or nanoseconds. Null for what is no moment.
 */
export function momentMs(value: Json | undefined): number | null {
  if (typeof value === 'number') return scaled(value);
  if (typeof value === 'string') return /^\d+(?:\.\d+)?$/.test(value) ? digits(value) : isoMs(value);
  if (!Array.isArray(value)) return null;
  const [seconds, nanos] = value as readonly Json[];
  if (typeof seconds !== 'number' || typeof nanos !== 'number') return null;
  return seconds * 1000 + nanos / 1e6;
}

/** Nanoseconds do not fit into a number: the milliseconds are cut off first. */
function digits(text: string): number | null {
  if (text.length < 17 || text.includes('.')) return scaled(Number(text));
  return Number(text.slice(0, -6)) + Number(text.slice(-6)) / 1e6;
}

/** The years 1973 to 5138, in four units that do not overlap. */
function scaled(value: number): number | null {
  if (!Number.isFinite(value) || value < 0) return null;
  if (value < 1e11) return value * 1000;
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1000 : value / 1e6;
}

function isoMs(text: string): number | null {
  const zoned = text.endsWith('Z') || /(?:z|[+-]\d\d:?\d\d)$/.test(text);
  const ms = Date.parse(zoned ? text : `${text.replace(' ', 'T')}Z`);
  return Number.isNaN(ms) ? null : ms;
}
