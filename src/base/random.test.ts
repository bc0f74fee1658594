// Random streams: the same for the same labels, their own for each label, and even.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, drawAt, type Random } from './random.ts';

const draws = (random: Random, count: number): readonly number[] =>
  Array.from({ length: count }, () => random.next());

describe('a random stream', () => {
  it('gives the same draws for the same seed and labels', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer(), fc.string()),
        fc.array(fc.string(), { maxLength: 3 }),
        (seed, labels) => {
          expect(draws(createRandom(seed, ...labels), 5)).toEqual(draws(createRandom(seed, ...labels), 5));
          expect(drawAt(seed, ...labels)).toBe(drawAt(seed, ...labels));
        },
      ),
    );
  });

  it('draws from 0 up to, and never, 1', () => {
    expect(draws(createRandom('range'), 20_000).every((draw) => draw >= 0 && draw < 1)).toBe(true);
  });

  it('is not shifted by what others draw, nor by being split', () => {
    const calm = createRandom(1).split('mine');
    const parent = createRandom(1);
    draws(parent.split('theirs'), 7);
    parent.next();
    expect(draws(parent.split('mine'), 5)).toEqual(draws(calm, 5));
    const split = createRandom(2);
    const whole = draws(createRandom(2), 4);
    const first = split.next();
    split.split('x').next();
    expect([first, ...draws(split, 3)]).toEqual(whole);
  });

  it('differs from that of another label, seed or order of labels', () => {
    const streams = [
      createRandom(1),
      createRandom(2),
      createRandom(1, 'a'),
      createRandom(1, 'b'),
      createRandom(1, 'a', 'b'),
      createRandom(1, 'b', 'a'),
      createRandom(1, 'ab'),
      createRandom(1).split('a').split('a'),
    ].map((random) => draws(random, 3).join());
    expect(new Set(streams).size).toBe(streams.length);
  });

  it('is split into the very stream that the labels name', () => {
    expect(draws(createRandom(9).split('a').split(3), 3)).toEqual(draws(createRandom(9, 'a', 3), 3));
  });

  it('is even, within what chance allows: over its draws, and over labels (chi-squared, 15 degrees)', () => {
    const evenness = (values: readonly number[]): number => {
      const bins = Array.from({ length: 16 }, () => 0);
      for (const value of values) bins[Math.floor(value * 16)]! += 1;
      const expected = values.length / 16;
      return bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    };
    // 37.7 is passed once in a thousand.
    expect(evenness(draws(createRandom('even'), 16_000))).toBeLessThan(37.7);
    const labelled = Array.from({ length: 16_000 }, (_, index) => drawAt(7, 'trial', index));
    expect(evenness(labelled)).toBeLessThan(37.7);
    expect(
      evenness(Array.from({ length: 16_000 }, (_, seed) => createRandom(seed, 'first').next())),
    ).toBeLessThan(37.7);
  });

  it('shows no trend from one draw, or one label, to the next', () => {
    const correlation = (values: readonly number[]): number => {
      const pairs = values.slice(1).map((value, index) => (value - 0.5) * (values[index]! - 0.5));
      return (12 * pairs.reduce((sum, one) => sum + one, 0)) / pairs.length;
    };
    expect(Math.abs(correlation(draws(createRandom('trend'), 16_000)))).toBeLessThan(0.03);
    const labelled = Array.from({ length: 16_000 }, (_, index) => drawAt(index, 'next'));
    expect(Math.abs(correlation(labelled))).toBeLessThan(0.03);
  });

  it('draws integers with both ends, picks every element, and takes chances as they come', () => {
    const random = createRandom('dice');
    const rolls = Array.from({ length: 600 }, () => random.integer(1, 6));
    expect(new Set(rolls)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    expect(new Set(Array.from({ length: 200 }, () => random.pick(['a', 'b', 'c'])))).toEqual(
      new Set(['a', 'b', 'c']),
    );
    const hits = Array.from({ length: 10_000 }, () => random.chance(0.3)).filter(Boolean).length;
    expect(hits).toBeGreaterThan(2_800);
    expect(hits).toBeLessThan(3_200);
    expect([random.chance(0), random.chance(1)]).toEqual([false, true]);
    expect(() => random.pick([])).toThrow('the list is empty');
  });
});
