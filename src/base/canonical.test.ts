// Canonical JSON: the examples of RFC 8785, and one text for one value.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { sameBytes } from './same-bytes.ts';

describe('canonical JSON', () => {
  it('is as in RFC 8785, section 3.2.2', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 units, as in RFC 8785, section 3.2.3', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    const values = [...canonicalJson(value).matchAll(/:(\d)/g)].map((match) => match[1]);
    expect(values.join('')).toBe('2467153');
  });

  it.each([
    [-0, '0'],
    [5e-324, '5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [1e21, '1e+21'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
  ])('writes the number %d as ECMAScript does', (number, text) => {
    expect(canonicalJson(number)).toBe(text);
  });

  it('is the text that JSON.stringify gives, but for the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('does not depend on the order in which keys were put in', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string(), fc.jsonValue()), { selector: ([key]) => key });
    fc.assert(
      fc.property(entries, (list) => {
        const there = Object.fromEntries(list);
        const back = Object.fromEntries(list.toReversed());
        expect(canonicalJson(there)).toBe(canonicalJson(back));
      }),
    );
  });

  it('leaves undefined members out, and writes null for undefined elements', () => {
    expect(canonicalJson({ a: undefined, b: [undefined] })).toBe('{"b":[null]}');
  });

  it.each([NaN, Infinity, undefined, () => 1, Symbol('s'), 1n])('refuses %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(RangeError);
    expect(() => canonicalJson({ deep: [NaN] })).toThrow('NaN is not a JSON number');
  });

  it('takes __proto__ for the plain key that it is', () => {
    const text = '{"__proto__":{"a":1},"b":2}';
    expect(canonicalJson(JSON.parse(text))).toBe(text);
  });
});

describe('sameness of bytes', () => {
  it('is what JSON.stringify says of two JSON values', () => {
    const pair = fc
      .jsonValue()
      .chain((one) => fc.tuple(fc.constant(one), fc.oneof(fc.constant(one), fc.jsonValue())));
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const copies = [JSON.stringify(one), JSON.stringify(other)] as const;
        expect(sameBytes(JSON.parse(copies[0]), JSON.parse(copies[1]))).toBe(copies[0] === copies[1]);
      }),
    );
  });

  it('tells two orders of the same keys apart', () => {
    expect(sameBytes({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(false);
    expect(sameBytes([], {})).toBe(false);
    expect(sameBytes({}, [])).toBe(false);
  });
});
