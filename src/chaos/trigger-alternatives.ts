// A trigger taken apart into alternatives, each a list of conditions that must all hold (disjunctive normal form).
import { canonicalJson } from '../base/canonical.ts';
import type { Trigger } from './plan.ts';
import { countsOf, type CountingTrigger } from './trigger-count.ts';
import { conjuncts, isFilter } from './trigger-filter.ts';

/** A condition on the count. Below `from` and above `to` it never holds; from `settled` on it repeats. */
export interface CountLiteral {
  /** Names what is counted: equal names, equal counts. */
  readonly population: string;
  readonly includes: (count: number) => boolean;
  readonly from: number;
  readonly to: number;
  readonly settled: number;
  readonly period: number;
  readonly text: string;
}

/** A condition on the milliseconds since the mission's start: `fromMs` included, `toMs` not. */
export interface TimeLiteral {
  readonly fromMs: number;
  readonly toMs: number;
  readonly text: string;
}

/** A condition on what is crossed: the agent, tool, edge or record is, or is not, the named one. */
export interface SubjectLiteral {
  readonly field: 'agent' | 'tool' | 'edge' | 'record';
  readonly name: string;
  readonly is: boolean;
}

export interface Alternative {
  readonly counts: readonly CountLiteral[];
  readonly times: readonly TimeLiteral[];
  readonly subjects: readonly SubjectLiteral[];
  /** Conditions that nothing can meet, in words. */
  readonly nevers: readonly string[];
}

const anything: Alternative = { counts: [], times: [], subjects: [], nevers: [] };
const alternativesMax = 512;

/** Null when there are too many to be worth the look. A part that depends on earlier firings is taken to be able to hold. */
export function alternativesOf(trigger: Trigger): readonly Alternative[] | null {
  return expand(trigger, { wanted: true, population: '' });
}

interface Site {
  /** False below an odd number of `not`s. */
  readonly wanted: boolean;
  readonly population: string;
}

function expand(trigger: Trigger, site: Site): readonly Alternative[] | null {
  switch (trigger.kind) {
    case 'always':
      return certain(site.wanted, 'it is the negation of always');
    case 'probability':
      return draws(trigger.p > 0, trigger.p < 1, { site, text: `a chance of ${trigger.p}` });
    case 'markov':
      return draws(trigger.enter > 0, trigger.enter < 1 || trigger.leave > 0, {
        site,
        text: `a bad state with enter ${trigger.enter} and leave ${trigger.leave}`,
      });
    case 'nth':
    case 'every':
    case 'between':
    case 'burst':
      return [{ ...anything, counts: [countLiteral(trigger, site)] }];
    case 'after':
    case 'until':
      return [{ ...anything, times: [timeLiteral(trigger, site.wanted)] }];
    case 'onAgent':
      return subject('agent', trigger.agent, site);
    case 'onTool':
      return subject('tool', trigger.tool, site);
    case 'onEdge':
      return subject('edge', `${trigger.from}->${trigger.to}`, site);
    case 'onRecord':
      return subject('record', trigger.event, site);
    case 'and':
      return joined(conjuncts(trigger), site.wanted ? 'all' : 'any', narrowed(trigger, site));
    case 'or':
      return joined(trigger.of, site.wanted ? 'any' : 'all', site);
    case 'not':
      return expand(trigger.of, { ...site, wanted: !site.wanted });
    case 'max':
      if (trigger.times === 0) return certain(!site.wanted, 'it may fire at most 0 times');
      return site.wanted ? expand(trigger.of, site) : [anything];
    case 'cooldown':
      return site.wanted ? expand(trigger.of, site) : [anything];
  }
}

function certain(holds: boolean, why: string): readonly Alternative[] {
  return holds ? [anything] : [{ ...anything, nevers: [why] }];
}

/** `can` and `cannot`: whether chance may make it hold, and may make it not hold. */
function draws(
  can: boolean,
  cannot: boolean,
  { site, text }: { readonly site: Site; readonly text: string },
): readonly Alternative[] {
  const possible = site.wanted ? can : cannot;
  return certain(possible, site.wanted ? `${text} never comes true` : `${text} always comes true`);
}

function subject(field: SubjectLiteral['field'], name: string, { wanted }: Site): readonly Alternative[] {
  return [{ ...anything, subjects: [{ field, name, is: wanted }] }];
}

/** Filters in an `and` name what the rest of it counts; the order in which they stand does not matter. */
function narrowed(trigger: Trigger & { readonly kind: 'and' }, site: Site): Site {
  const filters = conjuncts(trigger).filter(isFilter);
  if (filters.length === 0) return site;
  const population = [...new Set([...site.population.split('\n'), ...filters.map(canonicalJson)])];
  return { ...site, population: population.sort().join('\n') };
}

function joined(parts: readonly Trigger[], how: 'all' | 'any', site: Site): readonly Alternative[] | null {
  let alternatives: readonly Alternative[] = how === 'all' ? [anything] : [];
  for (const part of parts) {
    const more = expand(part, site);
    if (more === null) return null;
    alternatives =
      how === 'any'
        ? [...alternatives, ...more]
        : alternatives.flatMap((one) => more.map((other) => both(one, other)));
    if (alternatives.length > alternativesMax) return null;
  }
  return alternatives;
}

function both(one: Alternative, other: Alternative): Alternative {
  return {
    counts: [...one.counts, ...other.counts],
    times: [...one.times, ...other.times],
    subjects: [...one.subjects, ...other.subjects],
    nevers: [...one.nevers, ...other.nevers],
  };
}

function countLiteral(trigger: CountingTrigger, { wanted, population }: Site): CountLiteral {
  const includes = countsOf(trigger);
  const extent = extentOf(trigger);
  if (wanted) return { population, includes, ...extent };
  const { settled, period } = extent;
  return {
    population,
    includes: (count) => !includes(count),
    from: 1,
    to: Infinity,
    settled,
    period,
    text: `not ${extent.text}`,
  };
}

type Extent = Pick<CountLiteral, 'from' | 'to' | 'settled' | 'period' | 'text'>;

function extentOf(trigger: CountingTrigger): Extent {
  switch (trigger.kind) {
    case 'nth': {
      const { n } = trigger;
      return { from: n, to: n, settled: n + 1, period: 1, text: `number ${n}` };
    }
    case 'between': {
      const { from, to } = trigger;
      return { from, to, settled: to + 1, period: 1, text: `one of numbers ${from} to ${to}` };
    }
    case 'every': {
      const from = (trigger.offset ?? 0) + 1;
      const text = `one of every ${trigger.n} after number ${from - 1}`;
      return { from, to: Infinity, settled: from, period: Math.max(1, trigger.n), text };
    }
    case 'burst': {
      const { start, length, gap } = trigger;
      const text = `in a burst of ${length} from number ${start}`;
      if (gap !== undefined) {
        return { from: start, to: Infinity, settled: start, period: Math.max(1, length + gap), text };
      }
      return { from: start, to: start + length - 1, settled: start + length, period: 1, text };
    }
  }
}

function timeLiteral(
  { kind, elapsedMs }: Extract<Trigger, { readonly kind: 'after' | 'until' }>,
  wanted: boolean,
): TimeLiteral {
  const isLater = (kind === 'after') === wanted;
  return isLater
    ? { fromMs: elapsedMs, toMs: Infinity, text: `at or after ${elapsedMs} ms` }
    : { fromMs: 0, toMs: elapsedMs, text: `before ${elapsedMs} ms` };
}
