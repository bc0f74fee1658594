// Settings as text: whole numbers and names, or a refusal with a code.
import { describe, expect, it } from 'vitest';
import { readProfile, readSeed, readTags, readTrials } from './setting-text.ts';

describe('a setting', () => {
  it('is read when it is whole', () => {
    expect([readSeed('0', '--seed'), readTrials('59', '--trials'), readProfile('pr', '--profile')]).toEqual([
      0,
      59,
      'pr',
    ]);
  });

  it.for(['', '-1', '1.5', '1e3', '0x1', ' 7', '99999999999999999999'])('is no seed: "%s"', (text) => {
    expect(() => readSeed(text, '--seed')).toThrow('[BAD_SEED] at --seed');
  });

  it('of zero trials is refused by a name of its own', () => {
    expect(() => readTrials('0', '--trials')).toThrow('[ZERO_TRIALS] at --trials');
    expect(() => readTrials('many', '--trials')).toThrow('[BAD_TRIALS]');
  });

  it('of tags is a list, and never an empty one', () => {
    expect(readTags('release, crashes,', '--tags')).toEqual(['release', 'crashes']);
    expect(() => readTags(' ,', '--tags')).toThrow('[NO_TAGS] at --tags');
  });

  it('that names no profile is told the nearest', () => {
    expect(() => readProfile('nigthly', 'MUSTER_PROFILE')).toThrow(/BAD_PROFILE.*did you mean nightly/s);
  });
});
