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

  it('hands on all that the request says, what it wants included', () => {
    const ask = new AskBook().open({
      ...about('a'),
      wants: 'embeddings',
      responseSchema: { type: 'object' },
    });
    expect(ask).toMatchObject({ wants: 'embeddings', responseSchema: { type: 'object' }, turn: 1 });
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
    const [same, next] = [new AskBook(), new AskBook({ repeatedAsks: 'nextTurn' })];
    for (const book of [same, next]) book.close(book.open(about('a')), 'answered');
    expect(same.open(about('a'))).toMatchObject({ turn: 1, attempt: 1 });
    expect(next.open(about('a'))).toMatchObject({ turn: 2, attempt: 1 });
  });

  it('keeps counting calls that are made again and again, and closes the one that was opened', () => {
    const book = new AskBook({ repeatedAsks: 'nextTurn' });
    for (let turn = 1; turn <= 3; turn += 1) {
      const ask = book.open({ ...about('a'), agent: 'agent #1' });
      expect(ask).toMatchObject({ turn, attempt: 1 });
      book.close(ask, 'failed');
      const again = book.open({ ...about('a'), agent: 'agent #1' });
      expect(again).toEqual({ ...ask, attempt: 2 });
      book.close(again, 'answered');
    }
  });

  it('forgets the oldest requests where it may remember only some, and none of the turns', () => {
    const book = new AskBook({ requestsMax: 1 });
    for (const text of ['a', 'b', 'c', 'd', 'e']) book.close(book.open(about(text)), 'answered');
    expect(book.open(about('e')).turn).toBe(5);
    expect(book.open(about('a')).turn).toBe(6);
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
