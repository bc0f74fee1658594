// The mirror sees every way in which what is in flight and what is pending can part. S2.
import { describe, expect, it } from 'vitest';
import type { Obligation } from '../steward/command.ts';
import { initialState } from '../steward/state.ts';
import { Findings } from './findings.ts';
import { Mirror } from './mirror.ts';

const notice = (id: string): Obligation => ({
  kind: 'notify',
  id,
  epoch: 1,
  to: 'owner',
  about: 'loop',
  text: '',
});

const timeout = (id: string, watches: string): Obligation => ({
  kind: 'timer.start',
  id,
  epoch: 1,
  purpose: 'toolTimeout',
  watches,
  atMs: 10,
  waitMs: 10,
});

interface Books {
  readonly dispatched: readonly Obligation[];
  readonly pending: readonly Obligation[];
}

/** What is wrong, and nothing where all is well. */
function difference({ dispatched, pending }: Books): string {
  const findings = new Findings();
  const mirror = new Mirror(findings);
  for (const command of dispatched) mirror.dispatched(command);
  mirror.compare({ ...initialState(), pending: [...pending] });
  return findings.all().find(({ invariant }) => invariant === 'S2')?.detail ?? 'nobody looked';
}

const [a, b, c] = [notice('a'), notice('b'), notice('c')] as const;

describe('what is in flight', () => {
  it('is what is pending, in whatever order', () => {
    expect(difference({ dispatched: [a, b, c], pending: [a, b, c] })).toBe('');
    expect(difference({ dispatched: [a, b, c], pending: [c, a, b] })).toBe('');
    expect(difference({ dispatched: [a, b, a], pending: [a, b] })).toBe('');
  });

  it('is not as many other commands', () => {
    expect(difference({ dispatched: [a, b], pending: [a, c] })).toContain(
      'c (notify) is pending but not in flight',
    );
  });

  it('is neither more nor less than what is pending', () => {
    expect(difference({ dispatched: [a, b], pending: [a] })).toBe('b is in flight but not pending');
    expect(difference({ dispatched: [a], pending: [a, b] })).toContain(
      'b (notify) is pending but not in flight',
    );
  });

  it('holds no timeout of a call that is gone', () => {
    const watched = [a, timeout('t', 'a')];
    expect(difference({ dispatched: watched, pending: watched })).toBe('');
    const orphaned = [a, timeout('t', 'b')];
    expect(difference({ dispatched: orphaned, pending: orphaned })).toBe('the toolTimeout t outlives b');
  });
});

describe('an answer', () => {
  it('takes what it answers out once, and only in its epoch', () => {
    const mirror = new Mirror(new Findings());
    mirror.dispatched(a);
    const notified = (epoch: number) => ({ kind: 'notified', command: 'a', epoch, atMs: 0 }) as const;
    expect(mirror.arrived(notified(2))).toBe(false);
    expect(mirror.arrived(notified(1))).toBe(true);
    expect(mirror.arrived(notified(1))).toBe(false);
    expect(mirror.live).toBe(0);
  });
});
