// A chain: steps of one agent that look like one another, at a steady distance. Its memory does not grow.
import type { Boilerplate } from './boilerplate.ts';
import type { Step } from './step.ts';

/** `deed`: the same thing done; `manner`: the same tool with other arguments; `likeness`: nearly the same words. */
export type ChainBond = 'deed' | 'manner' | 'likeness';

/** Steps that may lie between two of a chain before a distance is known. A retry far apart is a new attempt. */
const firstGapMax = 128;
/** A distance so many times the usual one breaks a chain. */
const gapFactorMax = 6;
/** Distances that are counted apart; the rest is rare. */
const gapsKept = 64;
/** Terms that an item of a list may be made of, and terms of a chain that are remembered. */
const itemTermsMax = 2;
const termsKept = 512;
/** Two results are the same from this likeness on. */
const sameResultMin = 0.9;

export interface Chain {
  readonly bond: ChainBond;
  first: Step;
  second: Step | null;
  last: Step;
  count: number;
  /** Distances between neighbours, and how often each was seen. */
  readonly gaps: Map<number, number>;
  /** Rounds whose result said something new. */
  news: number;
  /** Sum of the likenesses of neighbours. */
  likeness: number;
  /** Rounds that said the same of the next thing: one term or two gave way to such as no round had spoken of. */
  items: number;
  /** What the rounds have spoken of. */
  readonly terms: Set<string>;
  /** New things that were done by anybody up to the first step, and up to the last. */
  novelFirst: number;
  novelLast: number;
}

export function startChain(bond: ChainBond, step: Step, novel: number): Chain {
  return {
    bond,
    first: step,
    second: null,
    last: step,
    count: 1,
    gaps: new Map(),
    news: 0,
    likeness: 0,
    items: 0,
    terms: new Set(step.print.terms),
    novelFirst: novel,
    novelLast: novel,
  };
}

/** Whether the step comes when the chain's next one may be due. */
export function isDue(chain: Chain, step: Step): boolean {
  const gap = step.place - chain.last.place;
  if (gap <= 0) return false;
  if (chain.count === 1) return gap <= firstGapMax;
  return gap <= Math.max(firstGapMax / 8, gapFactorMax * periodOf(chain));
}

/** Whether a step at this place could still join the chain. */
export function mayGoOn(chain: Chain, place: number): boolean {
  return place - chain.last.place <= Math.max(firstGapMax, gapFactorMax * periodOf(chain));
}

/** Adds a step. `novel`: how many new things had been done by anybody. */
export function joinChain(chain: Chain, step: Step, habits: Boilerplate, novel: number): void {
  const gap = step.place - chain.last.place;
  if (chain.count === 2 && gap * 3 < periodOf(chain)) beginAtLast(chain);
  if (chain.gaps.has(gap) || chain.gaps.size < gapsKept) chain.gaps.set(gap, (chain.gaps.get(gap) ?? 0) + 1);
  chain.news += bringsNews(chain.last, step, habits) ? 1 : 0;
  chain.likeness += chain.last.deed === step.deed ? 1 : habits.likeness(chain.last.print, step.print);
  if (isNextItem(chain, step)) chain.items += 1;
  for (const term of step.print.terms) if (chain.terms.size < termsKept) chain.terms.add(term);
  chain.second ??= step;
  chain.last = step;
  chain.count += 1;
  chain.novelLast = novel;
}

/** Other words for the same thing change more than what is spoken of, and the thing itself is not new. */
function isNextItem({ last, terms }: Chain, { print }: Step): boolean {
  let [fresh, gone] = [0, 0];
  for (const term of print.terms)
    if (!last.print.terms.has(term)) fresh += terms.has(term) ? itemTermsMax + 1 : 1;
  for (const term of last.print.terms) if (!print.terms.has(term)) gone += 1;
  return fresh > 0 && fresh <= itemTermsMax && gone > 0 && gone <= itemTermsMax;
}

/** What came first stood too far off to be part of it. */
function beginAtLast(chain: Chain): void {
  chain.first = chain.last;
  chain.second = null;
  chain.count = 1;
  chain.gaps.clear();
  chain.news = 0;
  chain.likeness = 0;
  chain.items = 0;
  chain.novelFirst = chain.novelLast;
}

function bringsNews(before: Step, step: Step, habits: Boilerplate): boolean {
  if (before.result === null || step.result === null) return false;
  if (before.failed && step.failed) return false;
  if (before.failed !== step.failed) return true;
  if (before.result.sameness === step.result.sameness) return false;
  return habits.likeness(before.result, step.result) < sameResultMin;
}

/** Steps from one round to the next: the median. */
export function periodOf({ gaps }: Chain): number {
  const sorted = [...gaps].sort(([one], [other]) => one - other);
  const total = sorted.reduce((sum, [, times]) => sum + times, 0);
  let passed = 0;
  for (const [gap, times] of sorted) {
    passed += times;
    if (passed * 2 >= total) return gap;
  }
  return 0;
}
