// The round that a person marked in a trace: which of its steps come back, and how alike they come back there.
import { MusterError } from '../base/muster-error.ts';
import type { Trace } from '../trace/trace.ts';
import type { Step } from './step.ts';
import { isStepEvent, stepText, type StepEvent } from './step-text.ts';
import { stepsOf } from './steps-of.ts';
import { readCharsMax } from './text-print.ts';
import {
  actOf,
  comparedSteps,
  likeness,
  sharesOf,
  walksIn,
  type Round,
  type RoundStep,
  type Shares,
} from './walked-round.ts';

/** 1-based places of steps, both within: one round, or some rounds in a row. */
export interface Mark {
  readonly firstStep: number;
  readonly lastStep: number;
}

export interface MarkedRound extends Mark, Round {
  /** What makes another round the same one, in words. */
  readonly likeness: string;
  readonly agents: readonly string[];
  /** How often the marked trace walks around it: twice at least. */
  readonly times: number;
  /** Where it begins for the second time. */
  readonly secondStep: number;
}

/** `step 4`, or `steps 4 to 9`. */
export function markText({ firstStep, lastStep }: Mark): string {
  return firstStep === lastStep ? `step ${firstStep}` : `steps ${firstStep} to ${lastStep}`;
}

/** As the detector has it: from this share of pairs of words in common on, two texts are near the same. */
const nearMin = 0.5;
/** Below this two texts have no more in common than any others of an agent. */
const littleMax = 0.2;
/** A longer round must be so much more alike to be taken for the round. */
const gainMin = 0.1;

/**
 * The round, as strict as the recording: each step must come back as alike as it did there, and nothing before the mark
 * may pass for it. Where some rounds in a row are marked it is the first of them. Throws MARK_EMPTY; MARK_ONCE where the
 * steps do not come back; MARK_LATE where they were gone through before.
 */
export function roundOf({ events }: Pick<Trace, 'events'>, mark: Mark): MarkedRound {
  const all = stepsOf(events);
  const isMarked = ({ place }: Step): boolean => place >= mark.firstStep && place <= mark.lastStep;
  const steps = comparedSteps(all, all.filter(isMarked));
  const marked = steps.filter(isMarked);
  const place = markText(mark);
  if (marked.length === 0) throw empty(place, all);
  const round = marked.slice(0, roundLength(marked));
  const from = steps.indexOf(round[0]!);
  const shares = sharesOf(round, steps);
  const found = comesBack(shares, from, marked.length);
  if (found === null) throw once(place);
  const { alike, walks } = found;
  const [first = from, second = from] = walks;
  if (first < from) throw late(place, steps[first]!.place);
  const wanted = wantedSteps(events, round, alike);
  return {
    firstStep: round[0]!.place,
    lastStep: round.at(-1)!.place,
    steps: wanted,
    likeness: likenessText(alike),
    agents: [...new Set(round.map(({ agent }) => agent))],
    times: walks.length,
    secondStep: steps[second]!.place,
  };
}

/** How long the round is within what is marked: all of it, where nothing that is said or done comes again within. */
function roundLength(marked: readonly Step[]): number {
  const acts = marked.map(actOf);
  let [best, enough] = [marked.length, littleMax];
  for (let length = 1; length <= marked.length / 2; length += 1) {
    if (acts.some((act, at) => act !== acts[at % length])) continue;
    const mean = meanOf(
      marked.slice(length).map(({ print }, at) => likeness(print, marked[at % length]!.print)),
    );
    if (mean >= enough) [best, enough] = [length, mean + gainMin];
  }
  return best;
}

interface Found {
  readonly alike: readonly number[];
  readonly walks: readonly number[];
}

/**
 * How alike the round comes back: in the other marked rounds, else where it does most and nothing before the mark is as
 * alike. Null: nowhere.
 */
function comesBack(shares: Shares, from: number, markedSteps: number): Found | null {
  const length = shares.length;
  const ways =
    markedSteps > length
      ? [withinMark(shares, from, markedSteps)]
      : windowsOf(shares, from).map((at) => shares.map((row, offset) => row[at + offset] ?? 0));
  let found: Found | null = null;
  for (const way of ways.toSorted((one, other) => scoreOf(other) - scoreOf(one))) {
    const alike = strictness(way);
    const walks = walksIn(shares, alike);
    if (walks.length < 2) continue;
    found ??= { alike, walks };
    if ((walks[0] ?? 0) >= from) return { alike, walks };
  }
  return found;
}

/** What the least alike of the other marked rounds has in common with the first. */
function withinMark(shares: Shares, from: number, markedSteps: number): readonly number[] {
  return shares.map((row, offset) => {
    const others: number[] = [];
    for (let at = offset + shares.length; at < markedSteps; at += shares.length)
      others.push(row[from + at] ?? 0);
    return Math.min(...others);
  });
}

/** Where the same acts are done in the same order, apart from the round itself. */
function windowsOf(shares: Shares, from: number): readonly number[] {
  const acts = shares.map(() => 0);
  const last = (shares[0]?.length ?? 0) - acts.length;
  const places = Array.from({ length: Math.max(0, last + 1) }, (_, at) => at);
  return places.filter(
    (at) =>
      Math.abs(at - from) >= acts.length &&
      acts.every((enough, offset) => (shares[offset]?.[at + offset] ?? -1) >= enough),
  );
}

/** Near the same in one step at least comes before alike on the whole. */
function scoreOf(way: readonly number[]): number {
  return meanOf(way) + (Math.max(...way) >= nearMin ? 1 : 0);
}

/** In tenths; where all of it is little, it is who does what that counts, and nothing else. */
function strictness(way: readonly number[]): readonly number[] {
  return Math.max(...way) < nearMin ? way.map(() => 0) : way.map((share) => Math.floor(share * 10) / 10);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function wantedSteps(
  events: Trace['events'],
  round: readonly Step[],
  alike: readonly number[],
): readonly RoundStep[] {
  const bySeq = new Map<number, StepEvent>();
  for (const event of events) if (isStepEvent(event)) bySeq.set(event.seq, event);
  return round.map(({ agent, kind, tool, edge, seq }, at) => {
    const event = bySeq.get(seq);
    const text = event === undefined ? '' : stepText(event).slice(0, readCharsMax);
    return { agent, kind, tool, edge, text, alike: alike[at] ?? 0 };
  });
}

function likenessText(alike: readonly number[]): string {
  const same = alike.filter((enough) => enough === 1).length;
  const like = alike.filter((enough) => enough > 0 && enough < 1).length;
  if (same === alike.length) return 'the same deeds';
  const acts = 'the same agents, tools and handoffs';
  if (same + like === 0)
    return `${acts}, whatever they say, so that other work done in this way counts as well`;
  return `${acts}, of ${alike.length} steps ${same} the same and ${like} in like words`;
}

function empty(place: string, steps: readonly Step[]): MusterError {
  return new MusterError({
    code: 'MARK_EMPTY',
    place,
    message: 'no agent does anything in the marked steps',
    hint: `the trace has steps up to ${steps.at(-1)?.place ?? 0}; muster import --list shows them`,
  });
}

function once(place: string): MusterError {
  return new MusterError({
    code: 'MARK_ONCE',
    place,
    message: 'the marked steps never come back, so a test of them would pass from the start',
    hint: 'mark one round of the loop, from its first step to the last before it begins again; --list shows the steps',
  });
}

function late(place: string, first: number): MusterError {
  return new MusterError({
    code: 'MARK_LATE',
    place,
    message: `the same is done before the mark, first from step ${first} on, so it does not tell the loop from what came before`,
    hint: `where that is the loop already, mark it from step ${first}; else mark more steps of the round`,
  });
}
