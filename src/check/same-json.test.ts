// Equality of JSON values looks at content and at nothing else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../base/canonical.ts';
import type { Json } from '../base/json.ts';
import { sameJson } from './same-json.ts';

describe('sameJson', () => {
  it('agrees with canonical JSON on any two values', () => {
    const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(sameJson(one, other)).toBe(canonicalJson(one) === canonicalJson(other));
        expect(sameJson(one, JSON.parse(JSON.stringify(one)) as Json)).toBe(true);
      }),
      { seed: 7 },
    );
  });

  it('does not care for the order of keys, and does for that of items', () => {
    expect(sameJson({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(sameJson([1, 2], [2, 1])).toBe(false);
    expect(sameJson([1], [1, 2])).toBe(false);
    expect(sameJson({ a: 1 }, { b: 1 })).toBe(false);
    expect(sameJson({}, [])).toBe(false);
    expect(sameJson(undefined, null)).toBe(false);
  });
});
