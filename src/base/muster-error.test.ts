// Errors: what a user reads holds the code, the place, the value and what to do.
import { describe, expect, it } from 'vitest';
import { assert, MusterError } from './muster-error.ts';
import { andThen } from './now-or-later.ts';

describe('an error for the user', () => {
  it('says code, place, message, value and hint, in this order', () => {
    const error = new MusterError({
      code: 'PLAN_BAD',
      message: 'no such fault',
      place: 'plan.json, injections[0]',
      value: 'llm.latncy',
      hint: 'did you mean llm.latency?',
    });
    expect(error.message).toBe(
      '[PLAN_BAD] at plan.json, injections[0]: no such fault (got "llm.latncy")\n  hint: did you mean llm.latency?',
    );
    expect(error).toMatchObject({ name: 'MusterError', code: 'PLAN_BAD', hint: 'did you mean llm.latency?' });
    expect(error).toBeInstanceOf(Error);
  });

  it('leaves out what is not known', () => {
    expect(new MusterError({ code: 'X', message: 'it broke' }).message).toBe('[X]: it broke');
  });

  it.each([
    [0, '(got 0)'],
    ['', '(got "")'],
    [null, '(got null)'],
    [{ a: 1 }, '(got {"a":1})'],
    [() => 1, '(got () => 1)'],
  ])('quotes the value %s', (value, text) => {
    expect(new MusterError({ code: 'X', message: 'm', value }).message).toContain(text);
  });

  it('quotes no more than 200 characters', () => {
    expect(
      new MusterError({ code: 'X', message: 'm', value: 'y'.repeat(9_999) }).message.length,
    ).toBeLessThan(230);
  });

  it.each([1n, { big: 1n }, circular()])('survives a value that JSON cannot hold', (value) => {
    expect(new MusterError({ code: 'X', message: 'm', value }).message).toContain('[X]: m (got ');
  });

  it('keeps its cause', () => {
    const cause = new Error('root');
    expect(new MusterError({ code: 'X', message: 'm' }, { cause }).cause).toBe(cause);
  });
});

describe('an assertion', () => {
  it('says that the fault is ours', () => {
    expect(() => assert(false, 'two of them')).toThrow('muster broke its own rule: two of them');
    expect(() => assert(true, 'fine')).not.toThrow();
  });
});

describe('now or later', () => {
  it('goes on at once with a value, and later with a promise', async () => {
    expect(andThen(2, (value) => value * 2)).toBe(4);
    const later = andThen(Promise.resolve(2), (value) => value * 2);
    expect(later).toBeInstanceOf(Promise);
    expect(await later).toBe(4);
  });

  it('throws now what goes wrong now, and rejects later what goes wrong later', async () => {
    const fail = (): number => {
      throw new Error('no');
    };
    expect(() => andThen(1, fail)).toThrow('no');
    await expect(andThen(Promise.resolve(1), fail)).rejects.toThrow('no');
  });
});

function circular(): unknown {
  const value: { self?: unknown } = {};
  value.self = value;
  return value;
}
