// Figures and foreign text, as a reader sees them.
import { expect, it } from 'vitest';
import { countText, durationText, instantText, pluralText, shareText } from './figure.ts';
import { visibleText } from './visible-text.ts';

it('a share is rounded down, so that only all of them are 100%', () => {
  expect([1, 0.9999, 0.95, 0.95049, 0, null].map(shareText)).toEqual([
    '100%',
    '99.9%',
    '95%',
    '95%',
    '0%',
    '–',
  ]);
});

it('a duration has the unit that fits it, and null is never', () => {
  const given = [0, 999, 1000, 59_949, 59_999, 200_000, 3_599_600, 7_500_000, null];
  expect(given.map(durationText)).toEqual([
    '0 ms',
    '999 ms',
    '1 s',
    '59.9 s',
    '1 min 00 s',
    '3 min 20 s',
    '1 h 00 min',
    '2 h 05 min',
    'never',
  ]);
});

it('counts, plurals and instants do not depend on the machine', () => {
  expect([countText(999), countText(1_234_567), countText(-1000)]).toEqual([
    '999',
    '1\u202f234\u202f567',
    '-1\u202f000',
  ]);
  expect([pluralText(1, 'trial'), pluralText(2, 'trial')]).toEqual(['1 trial', '2 trials']);
  expect(instantText(Date.UTC(2026, 2, 1, 10, 15))).toBe('2026-03-01 10:15 UTC');
});

it('foreign text becomes one visible line, and honest text stays as it is', () => {
  expect(visibleText('a\u001b[31m\nb\u0000\u007f\u009b\u202e\ud800')).toBe('a␛[31m␊b␀␡���');
  expect(visibleText('Grüße, 世界 🎺')).toBe('Grüße, 世界 🎺');
});
