// A round that a person marked in a trace, where no loop was found, and how often a run goes around it.
import { MusterError } from '../base/muster-error.ts';
import type { Trace } from '../trace/trace.ts';
import type { Step } from './step.ts';
import { stepsOf } from './steps-of.ts';

/** 1-based places of steps, both within: one round, or some rounds in a row. */
export interface Mark {
  readonly firstStep: number;
  readonly lastStep: number;
}

export interface MarkedRound extends Mark {
  /** What makes another round the same one. */
  readonly alike: string;
  /** Signs of its steps, in their order. */
  readonly signs: readonly string[];
  readonly agents: readonly string[];
  /** How often the marked trace goes around it: twice at least. */
  readonly times: number;
}

interface Likeness {
  readonly alike: string;
  readonly sign: (step: Step) => string;
}

/** The strictest first. */
const likenesses: readonly Likeness[] = [
  { alike: 'the same deeds', sign: (step) => `${actOf(step)}\n${step.print.sameness}` },
  { alike: 'the same agents, tools and handoffs', sign: actOf },
];

function actOf({ agent, kind, tool, edge }: Step): string {
  return [agent, kind, tool ?? edge ?? ''].join('\n');
}

/**
 * The round by the strictest likeness in which it comes back. Where some rounds in a row are marked it is the first of
 * them. Throws MARK_EMPTY, and MARK_ONCE where the steps come back in no likeness.
 */
export function roundOf({ events }: Pick<Trace, 'events'>, mark: Mark): MarkedRound {
  const steps = stepsOf(events);
  const marked = steps.filter(({ place }) => place >= mark.firstStep && place <= mark.lastStep);
  const place = `steps ${mark.firstStep}-${mark.lastStep}`;
  if (marked.length === 0)
    throw new MusterError({
      code: 'MARK_EMPTY',
      place,
      message: 'no agent does anything in the marked steps',
      hint: `the trace has steps up to ${steps.at(-1)?.place ?? 0}; answers, tool calls, handoffs and messages count, from 1`,
    });
  for (const { alike, sign } of likenesses) {
    const signs = oneRound(marked.map(sign));
    const round = marked.slice(0, signs.length);
    const times = countIn(steps.map(sign), signs);
    if (times < 2) continue;
    const lastStep = round.at(-1)?.place ?? mark.lastStep;
    const agents = [...new Set(round.map(({ agent }) => agent))];
    return { firstStep: round[0]?.place ?? mark.firstStep, lastStep, alike, signs, agents, times };
  }
  throw new MusterError({
    code: 'MARK_ONCE',
    place,
    message: 'the marked steps never come back, so a test of them would pass from the start',
    hint: 'mark one round of the loop, from its first step to the last before it begins again',
  });
}

/** How often a run goes around the round that is marked in a trace; once is no repetition. */
export function timesAround(run: Pick<Trace, 'events'>, trace: Pick<Trace, 'events'>, mark: Mark): number {
  const { alike, signs } = roundOf(trace, mark);
  const sign = likenesses.find((likeness) => likeness.alike === alike)?.sign ?? actOf;
  return countIn(stepsOf(run.events).map(sign), signs);
}

/** The shortest beginning of which the rest is nothing but repetitions, the last of them cut off or not. */
function oneRound(signs: readonly string[]): readonly string[] {
  for (let length = 1; length <= signs.length / 2; length += 1)
    if (signs.every((sign, at) => sign === signs[at % length])) return signs.slice(0, length);
  return signs;
}

/** Places that overlap count once. */
function countIn(signs: readonly string[], round: readonly string[]): number {
  let times = 0;
  for (let at = 0; at + round.length <= signs.length;)
    if (round.every((sign, offset) => sign === signs[at + offset])) {
      times += 1;
      at += round.length;
    } else at += 1;
  return times;
}
