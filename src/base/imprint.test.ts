// An imprint fits the value that it was taken of, and no other.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Imprint } from './imprint.ts';

const whole: ReadonlySet<string> = new Set();

it('tells two JSON values apart exactly where their texts differ', () => {
  const pair = fc
    .jsonValue()
    .chain((one) => fc.tuple(fc.constant(one), fc.oneof(fc.constant(one), fc.jsonValue())));
  fc.assert(
    fc.property(pair, (values) => {
      const [one, other] = values.map((value) => JSON.stringify({ value })) as [string, string];
      const imprint = new Imprint(whole);
      imprint.take(JSON.parse(one) as object);
      expect(imprint.fits(JSON.parse(other) as object)).toBe(one === other);
    }),
  );
});

it('sees what was changed, added or taken away in place, at any depth', () => {
  const value: { list: unknown[]; inner: Record<string, unknown> } = { list: [1, [2]], inner: { a: '1' } };
  const imprint = new Imprint(whole);
  const after = (change: () => void): boolean => {
    imprint.take(value);
    change();
    return imprint.fits(value);
  };
  expect(after(() => undefined)).toBe(true);
  expect(after(() => (value.inner['a'] = '2'))).toBe(false);
  expect(after(() => (value.inner['b'] = null))).toBe(false);
  expect(after(() => delete value.inner['a'])).toBe(false);
  expect(after(() => value.list.push(3))).toBe(false);
  expect(after(() => (value.list[1] as number[]).push(3))).toBe(false);
  expect(after(() => value.list.splice(0, 1))).toBe(false);
});

it('tells lists and objects, and what stands where in them, apart', () => {
  const alike = [
    [],
    {},
    [[]],
    [[], []],
    [[[]]],
    [{}],
    { 0: 1 },
    [1],
    ['1'],
    [0, 1],
    { 1: 0 },
    ['a', 'b'],
    { a: 'b' },
  ];
  for (const one of alike)
    for (const other of alike) {
      const imprint = new Imprint(whole);
      imprint.take({ value: one });
      expect(imprint.fits({ value: other })).toBe(one === other);
    }
});

it('leaves aside what it is told to, in the outermost object alone', () => {
  const imprint = new Imprint(new Set(['count']));
  imprint.take({ count: 1, inner: { count: 1 } });
  expect(imprint.fits({ count: 2, inner: { count: 1 } })).toBe(true);
  expect(imprint.fits({ count: 1, inner: { count: 2 } })).toBe(false);
});
