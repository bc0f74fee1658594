// 32-bit words: the mixing and the writing out that the hashes share.

/** The finaliser of MurmurHash3 (Austin Appleby, public domain): every input bit changes every output bit by half. */
export function avalanche(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/**
 * Sixteen hex digits. In one call, so that the text is flat: one that is put together of pieces is slow to look up, and
 * the engine writes numbers in other bases through floating point.
 */
export function hexWords(high: number, low: number): string {
  return String.fromCharCode(
    digitCode(high, 28),
    digitCode(high, 24),
    digitCode(high, 20),
    digitCode(high, 16),
    digitCode(high, 12),
    digitCode(high, 8),
    digitCode(high, 4),
    digitCode(high, 0),
    digitCode(low, 28),
    digitCode(low, 24),
    digitCode(low, 20),
    digitCode(low, 16),
    digitCode(low, 12),
    digitCode(low, 8),
    digitCode(low, 4),
    digitCode(low, 0),
  );
}

/** Of the four bits from there on. */
function digitCode(word: number, bit: number): number {
  return digitCodes[(word >>> bit) & 15]!;
}

const digitCodes = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
