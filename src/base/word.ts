// 32-bit words: the mixing and the writing out that the hashes share.

/** The finaliser of MurmurHash3 (Austin Appleby, public domain): every input bit changes every output bit by half. */
export function avalanche(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Eight hex digits. By table, because the engine writes numbers in other bases through floating point. */
export function hexWord(value: number): string {
  return (
    byteTexts[value >>> 24]! +
    byteTexts[(value >>> 16) & 255]! +
    byteTexts[(value >>> 8) & 255]! +
    byteTexts[value & 255]!
  );
}

const byteTexts: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);
