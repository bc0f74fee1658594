// Flags of steps and runs: what they take, and what they refuse.
import { describe, expect, it } from 'vitest';
import { markOf, runOf } from './step-flags.ts';

describe('--steps', () => {
  it.for([
    ['5-9', { firstStep: 5, lastStep: 9 }],
    ['5-5', { firstStep: 5, lastStep: 5 }],
    ['5', { firstStep: 5, lastStep: 5 }],
    [undefined, null],
  ] as const)('%s is read', ([text, mark]) => {
    expect(markOf(text)).toEqual(mark);
  });

  it.for(['9-5', '0-3', '0', '5-', '-5', '5-9-12', '', 'x', '1e3', '5 - 9', '9999999999'])(
    '%s is refused with what it should be',
    (text) => {
      expect(() => markOf(text)).toThrow(/BAD_USAGE\] at --steps[\s\S]*--steps 5-9/);
    },
  );
});

describe('--run', () => {
  it('counts from 1', () => {
    expect([runOf('2'), runOf(undefined)]).toEqual([2, null]);
    for (const text of ['0', '-1', 'x', '']) expect(() => runOf(text)).toThrow('BAD_USAGE] at --run');
  });
});
