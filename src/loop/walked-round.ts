// A round of steps, and how often a run walks around it.
import type { Trace } from '../trace/trace.ts';
import { Boilerplate } from './boilerplate.ts';
import type { Step } from './step.ts';
import { stepsOf } from './steps-of.ts';
import { printOf, type TextPrint } from './text-print.ts';

/** A step of a round, and what a step of a run must be like to be this one again. */
export interface RoundStep extends Pick<Step, 'agent' | 'kind' | 'tool' | 'edge'> {
  /** What is said, what the tool is used with, what is handed on. */
  readonly text: string;
  /** Share of pairs of words in common that is enough: 1 is the same but for ids and moments, 0 is whatever it says. */
  readonly alike: number;
}

export interface Round {
  /** One at least, in their order. */
  readonly steps: readonly RoundStep[];
}

/** A step of a round, without what it must be like. */
export type Bare = Pick<Step, 'agent' | 'kind' | 'tool' | 'edge' | 'print'>;

/** For each step of a round, what it shares with each step of a run: 0 to 1, and -1 where it is another act. */
export type Shares = readonly (readonly number[])[];

/**
 * How often a run walks around a round, one step right after the other; once is no repetition. Handoffs are looked at only
 * in a round of nothing else: whether they show depends on who watches, so a recording has some that a run has not.
 */
export function timesAround({ events }: Pick<Trace, 'events'>, { steps: round }: Round): number {
  const bare = round.map((step) => ({ ...step, print: printOf(step.text) }));
  const alike = round.map((step) => step.alike);
  return walksIn(sharesOf(bare, comparedSteps(stepsOf(events), round)), alike).length;
}

/** Of the steps those that count in a comparison with a round. */
export function comparedSteps(steps: readonly Step[], round: readonly Pick<Step, 'kind'>[]): readonly Step[] {
  return round.every(isHandoff) ? steps : steps.filter((step) => !isHandoff(step));
}

function isHandoff({ kind }: Pick<Step, 'kind'>): boolean {
  return kind === 'handed';
}

export function sharesOf(round: readonly Bare[], steps: readonly Step[]): Shares {
  return round.map((one) => {
    const act = actOf(one);
    return steps.map((step) => (actOf(step) === act ? likeness(one.print, step.print) : -1));
  });
}

/** The indexes where walks begin that are alike enough in each step. Walks that overlap count once. */
export function walksIn(shares: Shares, alike: readonly number[]): readonly number[] {
  const walks: number[] = [];
  const last = (shares[0]?.length ?? 0) - alike.length;
  for (let at = 0; at <= last;) {
    const isWalk = alike.every((enough, offset) => (shares[offset]?.[at + offset] ?? -1) >= enough);
    if (isWalk) walks.push(at);
    at += isWalk ? alike.length : 1;
  }
  return walks;
}

/** Who does what with which tool, or hands over to whom; the same for whatever is said. */
export function actOf({ agent, kind, tool, edge }: Pick<Step, 'agent' | 'kind' | 'tool' | 'edge'>): string {
  return [agent, kind, tool ?? edge ?? ''].join('\n');
}

/** 0 to 1, and 1 for what is the same but for noise. No agent's habits are known, so none are left out. */
export function likeness(one: TextPrint, other: TextPrint): number {
  return one.sameness === other.sameness ? 1 : new Boilerplate().likeness(one, other);
}
