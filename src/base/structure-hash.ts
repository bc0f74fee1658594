// The hash of a structure: a fast 64-bit hash over the members of a JSON value, in their order, without making a text.
import { avalanche, hexWords } from './word.ts';

/**
 * 16 hex digits, for equality inside one run. Not cryptographic, and not canonical: the order of members counts.
 * `undefined` members count as absent.
 */
export function structureHash(value: unknown): string {
  const lanes: Lanes = { high: 0x9e3779b9 | 0, low: 0x85ebca6b | 0 };
  mix(lanes, value);
  const { high, low } = lanes;
  return hexWords(avalanche(high ^ (low >>> 15)), avalanche(low ^ (high >>> 13)));
}

interface Lanes {
  high: number;
  low: number;
}

function mix(lanes: Lanes, value: unknown): void {
  if (typeof value === 'string') mixText(lanes, value);
  else if (typeof value === 'number') mixNumber(lanes, value);
  else if (typeof value === 'object') mixStructure(lanes, value);
  else mixLiteral(lanes, value === true ? 0x74 : value === false ? 0x66 : 0x75);
}

/** Two words, so that no number is taken for a literal. */
function mixLiteral(lanes: Lanes, letter: number): void {
  mixWord(lanes, 0x6c697465);
  mixWord(lanes, letter);
}

function mixStructure(lanes: Lanes, value: object | null): void {
  if (value === null) return mixLiteral(lanes, 0x6e);
  if (Array.isArray(value)) {
    mixWord(lanes, 0x5b + value.length * 256);
    for (let index = 0; index < value.length; index += 1) mix(lanes, value[index]);
    return;
  }
  mixWord(lanes, 0x7b);
  const record = value as Readonly<Record<string, unknown>>;
  for (const key in record) {
    const member = record[key];
    if (member === undefined) continue;
    mixText(lanes, key);
    mix(lanes, member);
  }
  mixWord(lanes, 0x7d);
}

function mixText(lanes: Lanes, text: string): void {
  let { high, low } = lanes;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  lanes.high = high;
  lanes.low = low;
  mixWord(lanes, text.length);
}

/** Small integers as they are, larger ones in two halves of which both are small, fractions by 31 bits of what is left. */
function mixNumber(lanes: Lanes, value: number): void {
  const whole = Math.floor(value);
  mixWord(lanes, 0x23);
  if (whole <= 0x7fffffff && whole >= -0x80000000) {
    mixWord(lanes, whole);
  } else {
    const high = Math.floor(whole / 0x400000);
    mixWord(lanes, high);
    mixWord(lanes, whole - high * 0x400000);
  }
  if (whole !== value) mixWord(lanes, Math.floor((value - whole) * 0x7fffffff));
}

function mixWord(lanes: Lanes, word: number): void {
  lanes.high = Math.imul(lanes.high ^ word ^ (lanes.high >>> 15), 0x9e3779b1);
  lanes.low = Math.imul(lanes.low ^ word ^ (lanes.low >>> 13), 0x5f356495);
}
