// Fingerprints: a fast 64-bit hash of a text, in plain arithmetic, for equality inside one run.
import { canonicalLeaf, isPlain, sortedKeys } from './canonical.ts';
import { avalanche, hexWords } from './word.ts';

/**
 * 16 hex digits. Not cryptographic: two multiplicative 32-bit lanes with a final avalanche (constants of
 * MurmurHash3's finaliser). Tamper evidence needs `sha256` in `digest.ts`.
 */
export function fingerprintText(text: string): string {
  const lanes = openLanes();
  mixUnits(lanes, text);
  return closed(lanes);
}

/**
 * The fingerprint of a JSON value: equal values, whatever the order of their keys, give equal fingerprints. It is that of
 * the canonical text, which is never made. Throws `RangeError` as `canonicalJson` does.
 */
export function fingerprint(value: unknown): string {
  const lanes = openLanes();
  mixValue(lanes, value);
  return closed(lanes);
}

interface Lanes {
  high: number;
  low: number;
  /** Characters mixed in. */
  length: number;
}

function openLanes(): Lanes {
  return { high: 0x9e3779b9 | 0, low: 0x85ebca6b | 0, length: 0 };
}

function closed({ high, low, length }: Lanes): string {
  const first = avalanche(high ^ (low >>> 15));
  return hexWords(first, avalanche(low ^ (first >>> 13) ^ length));
}

function mixUnit(lanes: Lanes, unit: number): void {
  lanes.high = Math.imul(lanes.high ^ unit, 0x9e3779b1);
  lanes.low = Math.imul(lanes.low ^ unit, 0x5f356495);
  lanes.length += 1;
}

function mixUnits(lanes: Lanes, text: string): void {
  let { high, low } = lanes;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  lanes.high = high;
  lanes.low = low;
  lanes.length += text.length;
}

function mixValue(lanes: Lanes, value: unknown): void {
  if (typeof value === 'string') mixQuoted(lanes, value);
  else if (typeof value !== 'object' || value === null) mixUnits(lanes, canonicalLeaf(value));
  else if (Array.isArray(value)) mixList(lanes, value);
  else mixObject(lanes, value as Readonly<Record<string, unknown>>);
}

function mixList(lanes: Lanes, list: readonly unknown[]): void {
  mixUnit(lanes, 0x5b);
  for (let index = 0; index < list.length; index += 1) {
    if (index > 0) mixUnit(lanes, 0x2c);
    mixValue(lanes, list[index] ?? null);
  }
  mixUnit(lanes, 0x5d);
}

function mixObject(lanes: Lanes, record: Readonly<Record<string, unknown>>): void {
  const start = lanes.length + 1;
  mixUnit(lanes, 0x7b);
  for (const key of sortedKeys(record)) {
    const member = record[key];
    if (member === undefined) continue;
    if (lanes.length > start) mixUnit(lanes, 0x2c);
    mixQuoted(lanes, key);
    mixUnit(lanes, 0x3a);
    mixValue(lanes, member);
  }
  mixUnit(lanes, 0x7d);
}

/** Looks for what needs an escape while it mixes, and starts again with the engine's own quoting when it finds some. */
function mixQuoted(lanes: Lanes, text: string): void {
  let high = Math.imul(lanes.high ^ 0x22, 0x9e3779b1);
  let low = Math.imul(lanes.low ^ 0x22, 0x5f356495);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (!isPlain(unit)) return mixUnits(lanes, canonicalLeaf(text));
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  lanes.high = high;
  lanes.low = low;
  lanes.length += text.length + 1;
  mixUnit(lanes, 0x22);
}

/** A 32-bit mix of a text with a start value; the root of every random stream. */
export function mixText(start: number, text: string): number {
  return avalanche(mixedOn(start ^ text.length, text));
}

/** `mixText` of two texts with a space between them, which are never put together. */
export function mixPair(start: number, one: string, other: string): number {
  const mixed = mixedOn(start ^ (one.length + 1 + other.length), one);
  return avalanche(mixedOn(mixedOn(mixed, ' '), other));
}

function mixedOn(before: number, text: string): number {
  let mixed = before;
  for (let index = 0; index < text.length; index += 1) {
    mixed = Math.imul(mixed ^ text.charCodeAt(index), 0x9e3779b1);
    mixed = (mixed << 13) | (mixed >>> 19);
  }
  return mixed;
}
