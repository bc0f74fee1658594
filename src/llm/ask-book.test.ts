// Tests of the ask book: a failure uses up no turn, a retry is the same call, parallel calls have turns of their own.
import { describe, expect, it } from 'vitest';
import { AskBook } from './ask-book.ts';
import { asking, user } from './asking.test-support.ts';

const about = (text: string) => asking({ messages: [user(text)] });

describe('the ask book', () => {
  it('gives a call that failed its turn again, with the next attempt', () => {
    const book = new AskBook();
    const first = book.open(about('a'));
    book.close(first, 'failed');
    expect(book.open(about('a'))).toEqual({ ...first, attempt: 2 });
  });

  it('lets a failed call use up no turn', () => {
    const book = new AskBook();
    book.close(book.open(about('a')), 'failed');
    expect(book.open(about('b')).turn).toBe(1);
  });

  it('counts turns by agent, calls that are under way included', () => {
    const book = new AskBook();
    book.close(book.open(about('a')), 'answered');
    expect(book.open(about('b')).turn).toBe(2);
    expect(book.open(about('c')).turn).toBe(3);
    expect(book.open({ ...about('c'), agent: 'critic' }).turn).toBe(1);
  });

  it('gives a repeated call its old turn, or a new one where calls are counted', () => {
    const [same, next] = [new AskBook('sameAnswer'), new AskBook('nextTurn')];
    for (const book of [same, next]) book.close(book.open(about('a')), 'answered');
    expect(same.open(about('a'))).toMatchObject({ turn: 1, attempt: 1 });
    expect(next.open(about('a'))).toMatchObject({ turn: 2, attempt: 1 });
  });

  it('names a call by all that is asked', () => {
    const book = new AskBook();
    const keys = [
      about('a'),
      about('b'),
      { ...about('a'), model: 'other' },
      { ...about('a'), agent: 'critic' },
    ].map((ask) => book.open(ask).key);
    expect(new Set(keys).size).toBe(4);
  });
});
