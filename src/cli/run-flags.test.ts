// The flags of `muster run`: ours, vitest's, and those that are neither.
import { describe, expect, it } from 'vitest';
import { settingsOf, vitestRequest } from './run-flags.ts';

describe('the flags of a run', () => {
  it('say more than the environment', () => {
    expect(settingsOf({ seed: '7', trials: '3', profile: 'release', tags: 'crashes' })).toMatchObject({
      seed: 7,
      trials: 3,
      profile: 'release',
      tags: ['crashes'],
    });
  });

  it('that are not ours are read as vitest’s own', () => {
    const { filters, options } = vitestRequest(['sales', '--bail', '1', '-t', 'x'], {
      workers: '2',
      shard: '1/3',
    });
    expect(filters).toEqual(['sales']);
    expect(options).toMatchObject({ bail: 1, testNamePattern: 'x', maxWorkers: 2, shard: '1/3' });
  });

  it.for([
    ['--seeed=7', '--seed'],
    ['--trial', '--trials'],
    ['--proflie', '--profile'],
    ['--worker', '--workers'],
    ['--seef', '--seed'],
  ])('are refused when they are ours, mistyped: %s', ([word = '', meant = '']) => {
    expect(() => vitestRequest([word], {})).toThrow(`did you mean ${meant}?`);
  });

  it.for([
    '--silent',
    '--tags-filter=x',
    '--sequence.seed=1',
    '--isolate',
    '--pool=threads',
    '--retry=3',
    '--watch',
  ])('are not taken for slips of ours when they are vitest’s: %s', (word) =>
    expect(() => vitestRequest([word], {})).not.toThrow(),
  );

  it.for(['0/2', '3/2', '1', 'a/b', '1/0'])('name no shard: %s', (shard) => {
    expect(() => vitestRequest([], { shard })).toThrow('[BAD_SHARD]');
  });
});
