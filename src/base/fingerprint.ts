// Fingerprints: a fast 64-bit hash of a text, in plain arithmetic, for equality inside one run.
import { canonicalJson } from './canonical.ts';
import { avalanche, hexWord } from './word.ts';

/**
 * 16 hex digits. Not cryptographic: two multiplicative 32-bit lanes with a final avalanche (constants of
 * MurmurHash3's finaliser). Tamper evidence needs `sha256` in `digest.ts`.
 */
export function fingerprintText(text: string): string {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  high = avalanche(high ^ (low >>> 15));
  low = avalanche(low ^ (high >>> 13) ^ text.length);
  return hexWord(high) + hexWord(low);
}

/** The fingerprint of a JSON value: equal values, whatever the order of their keys, give equal fingerprints. */
export function fingerprint(value: unknown): string {
  return fingerprintText(canonicalJson(value));
}

/** A 32-bit mix of a text with a start value; the root of every random stream. */
export function mixText(start: number, text: string): number {
  let mixed = start ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    mixed = Math.imul(mixed ^ text.charCodeAt(index), 0x9e3779b1);
    mixed = (mixed << 13) | (mixed >>> 19);
  }
  return avalanche(mixed);
}
