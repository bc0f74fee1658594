// Fingerprints: equal for equal values, and different for all that a test could ever meet.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { fingerprint, fingerprintText, mixPair, mixText } from './fingerprint.ts';
import { structureHash } from './structure-hash.ts';

/** Short texts that differ in little: numbers and ids. */
function shortTexts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => (n % 2 === 0 ? String(n) : `c${n}/t${n % 7}`));
}

describe('a fingerprint', () => {
  it('has no collision in 200,000 short texts', () => {
    expect(new Set(shortTexts(200_000).map(fingerprintText)).size).toBe(200_000);
    expect(new Set(shortTexts(50_000).map(structureHash)).size).toBe(50_000);
  });

  it('mixes 200,000 labels to 32 bits with no more collisions than chance allows (about 5)', () => {
    const texts = shortTexts(200_000);
    const distinct = new Set(texts.map((text) => mixText(7, text))).size;
    expect(texts.length - distinct).toBeLessThan(20);
  });

  it('mixes a pair of texts as it does both with a space between them', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), fc.string(), (start, one, other) => {
        expect(mixPair(start, one, other)).toBe(mixText(start, `${one} ${other}`));
      }),
    );
  });

  it('is 16 hex digits', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(fingerprintText(text)).toMatch(/^[0-9a-f]{16}$/);
      }),
    );
  });

  it('does not depend on the order of keys, at any depth', () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, inner]) => [key, turned(inner)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(fingerprint(turned(value))).toBe(fingerprint(value));
      }),
    );
  });

  it('is that of the canonical text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(fingerprint(value)).toBe(fingerprintText(canonicalJson(value)));
      }),
    );
    const odd = {
      b: undefined,
      a: [undefined, -0, 1e21, '"', '\\', 'é', '\u007f', '\n'],
      ['k"']: {},
      [' ']: [],
    };
    expect(fingerprint(odd)).toBe(fingerprintText(canonicalJson(odd)));
    expect(() => fingerprint({ deep: [NaN] })).toThrow('NaN is not a JSON number');
  });

  it('tells apart what only looks alike', () => {
    const alike = [
      1,
      '1',
      [1],
      ['1'],
      [[1]],
      { 1: 1 },
      null,
      'null',
      [],
      {},
      '',
      [''],
      [null],
      { a: null },
      0,
      false,
      [1, 2],
      [12],
      true,
      116,
      102,
      110,
      91,
      [0],
    ];
    expect(new Set(alike.map(fingerprint)).size).toBe(alike.length);
    expect(new Set(alike.map(structureHash)).size).toBe(alike.length);
  });

  it('of a structure differs for any two different values that are met at random', () => {
    const values = [fc.integer(), fc.maxSafeInteger(), fc.string(), fc.boolean(), fc.constant(null)];
    const plain = fc.object({ values, maxDepth: 2, withNullPrototype: false });
    fc.assert(
      fc.property(plain, plain, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(
          structureHash(JSON.parse(JSON.stringify(one))) === structureHash(JSON.parse(JSON.stringify(other))),
        ).toBe(same);
      }),
      { numRuns: 500 },
    );
  });

  it('of a structure tells neighbouring numbers apart, large, small and negative ones', () => {
    const large = [31, 32, 40, 52].flatMap((power) => [
      2 ** power,
      2 ** power + 1,
      -(2 ** power),
      -(2 ** power) - 1,
    ]);
    const numbers = [0, 1, -1, 1_767_603_600_000, 1_767_603_600_001, 0.5, 0.25, 1.5, 1e-9, ...large];
    expect(new Set(numbers.map(structureHash)).size).toBe(numbers.length);
  });
});
