// Durations: what people write becomes milliseconds, and nothing else does.
import { describe, expect, it } from 'vitest';
import { durationMs } from './duration.ts';

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['0s', 0],
    ['30s', 30_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
  ])('%s is %i ms', (text, ms) => expect(durationMs(text)).toBe(ms));

  it.each(['', '30', 's', '-1s', '1 s', '1S', '1e3s', '1s2m', '.5s', '1d', 'Infinitys'])(
    '"%s" is refused',
    (text) => {
      expect(() => durationMs(text)).toThrow(
        expect.objectContaining({ code: 'BAD_DURATION', hint: 'write 500ms, 30s, 5m or 2h' }),
      );
    },
  );
});
