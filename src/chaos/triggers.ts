// Builders of triggers, for plans written in code.
import type { Trigger } from './plan.ts';

export const always = (): Trigger => ({ kind: 'always' });

/** The n-th crossing that is counted, 1-based. */
export const nth = (n: number): Trigger => ({ kind: 'nth', n });

/** Crossings offset + n, offset + 2n and so on. */
export const every = (n: number, offset = 0): Trigger => ({ kind: 'every', n, offset });

/** Each crossing with chance `p`, independently. */
export const probability = (p: number): Trigger => ({ kind: 'probability', p });

/** From the first to the last number, both included. */
export const between = (from: number, to: number): Trigger => ({ kind: 'between', from, to });

/** From this many milliseconds after the mission's start on. */
export const after = (elapsedMs: number): Trigger => ({ kind: 'after', elapsedMs });

/** Before this many milliseconds after the mission's start. */
export const until = (elapsedMs: number): Trigger => ({ kind: 'until', elapsedMs });

/** Crossings of one agent; for a handoff, its sender. */
export const onAgent = (agent: string): Trigger => ({ kind: 'onAgent', agent });

export const onTool = (tool: string): Trigger => ({ kind: 'onTool', tool });

export const onEdge = (from: string, to: string): Trigger => ({ kind: 'onEdge', from, to });

/** Steps of the process in which this kind of event is stepped, as in `tool.returned`. */
export const onRecord = (event: string): Trigger => ({ kind: 'onRecord', event });

/** Good and bad spells: chance to enter and to leave the bad state at each crossing. */
export const markov = (enter: number, leave: number): Trigger => ({ kind: 'markov', enter, leave });

/** `length` crossings in a row from the `start`-th on, and again after `gap` crossings if a gap is given. */
export function burst(start: number, length: number, gap?: number): Trigger {
  return gap === undefined ? { kind: 'burst', start, length } : { kind: 'burst', start, length, gap };
}

/** All of them. `onAgent` and its like also say what the numbers beside them count. */
export const and = (...of: readonly Trigger[]): Trigger => ({ kind: 'and', of });

export const or = (...of: readonly Trigger[]): Trigger => ({ kind: 'or', of });

export const not = (of: Trigger): Trigger => ({ kind: 'not', of });

/** At most so many firings. */
export const max = (times: number, of: Trigger): Trigger => ({ kind: 'max', times, of });

/** After a firing, quiet for so many crossings. */
export const cooldown = (crossings: number, of: Trigger): Trigger => ({ kind: 'cooldown', crossings, of });
