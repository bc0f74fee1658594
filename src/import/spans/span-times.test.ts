// Times of spans: nanoseconds to the last digit, moments in other words, and the place of what is none.
import { describe, expect, it } from 'vitest';
import type { Json } from '../../base/json.ts';
import { endIn, startIn } from './span-times.ts';

describe('a time of a span', () => {
  const told: readonly [what: string, record: Readonly<Record<string, Json>>, ms: number | null][] = [
    [
      'nanoseconds, which no number holds',
      { startTimeUnixNano: '1700000010000123456' },
      1_700_000_010_000 + 123_456 / 1e6,
    ],
    ['nanoseconds as a number', { start_time_unix_nano: 17e17 }, 17e11],
    ['few nanoseconds', { startTimeUnixNano: '1500' }, 0.0015],
    ['a moment', { start_time: '2024-01-01T00:00:01Z' }, Date.UTC(2024, 0, 1, 0, 0, 1)],
    ['nothing', { startTimeUnixNano: null }, null],
  ];
  it.for(told)('is read from %s', ([, record, ms]) => {
    expect(startIn(record, '')).toBe(ms);
  });

  it('of the end is counted from the start where there is a duration alone', () => {
    expect(endIn({ duration: 2500 }, 1000, '')).toBe(1002.5);
    expect(endIn({ duration: 2500, endTimeUnixNano: '7000000' }, 1000, '')).toBe(7);
  });

  it.for<Json>(['', '12x', '-5', '1.5', ' 7', true])(
    'says where %j stands in place of nanoseconds',
    (value) => {
      expect(() => startIn({ startTimeUnixNano: value }, '/spans/3')).toThrow(
        '[IMPORT_BROKEN] at /spans/3/startTimeUnixNano: nanoseconds must stand here',
      );
    },
  );
});
