// Triggers at work: a trigger compiled to closures that are stepped once a crossing and say when an injection fires.
//
// What is counted. `nth every between burst probability markov cooldown` count the crossings that the injection steps
// through (its layer, phase and scope) and that pass the filters conjoined with them: inside `and(onAgent x, T)`, T counts
// the crossings of x, however deep in T the number stands, and however the `and`s are grouped. `after` and `until` are
// no filters: they never change what is counted. The count is 1-based.
import type { Crossing } from './crossing.ts';
import type { Trigger } from './plan.ts';
import { countsOf } from './trigger-count.ts';
import { conjuncts, isFilter, type CrossingTest } from './trigger-filter.ts';

/** A draw in [0, 1) from the stream of this injection; `ordinal` is the count that the trigger keeps. */
export type TriggerDraw = (purpose: string, ordinal: number) => number;

export interface CompiledTrigger {
  /** Steps past one crossing that is in the injection's scope: true if the injection is to fire at it. */
  step(crossing: Crossing): boolean;
  /** The injection did fire at the crossing that was stepped last; `max` and `cooldown` go by this. */
  fired(): void;
}

/** The crossings that some part of a trigger counts. */
interface Population {
  readonly passes: CrossingTest | null;
  count: number;
}

/** What a compilation gathers: things to advance at each crossing, and `max` and `cooldown` to tell of firings. */
interface Workshop {
  readonly draw: TriggerDraw;
  readonly populations: Population[];
  readonly advance: ((crossing: Crossing) => void)[];
  readonly guards: { readonly holds: CrossingTest; readonly commit: () => void }[];
}

export function compileTrigger(trigger: Trigger, draw: TriggerDraw): CompiledTrigger {
  if (trigger.kind === 'always') return { step: () => true, fired: () => undefined };
  const everyone: Population = { passes: null, count: 0 };
  const workshop: Workshop = { draw, populations: [everyone], advance: [], guards: [] };
  const holds = compile(trigger, { workshop, population: everyone, path: 'trigger' });
  const { populations, advance, guards } = workshop;
  let last: Crossing | null = null;
  return {
    step: (crossing) => {
      last = crossing;
      for (const population of populations) {
        if (population.passes === null || population.passes(crossing)) population.count += 1;
      }
      for (const move of advance) move(crossing);
      return holds(crossing);
    },
    fired: () => {
      if (last === null || guards.length === 0) return;
      const crossing = last;
      for (const guard of guards.filter(({ holds: held }) => held(crossing))) guard.commit();
    },
  };
}

interface Site {
  readonly workshop: Workshop;
  readonly population: Population;
  /** Place in the trigger, so that each draw has a purpose of its own. */
  readonly path: string;
}

function compile(trigger: Trigger, site: Site): CrossingTest {
  const { population } = site;
  switch (trigger.kind) {
    case 'always':
      return () => true;
    case 'nth':
    case 'every':
    case 'between':
    case 'burst': {
      const includes = countsOf(trigger);
      return () => includes(population.count);
    }
    case 'probability':
      return compileProbability(trigger.p, site);
    case 'markov':
      return compileMarkov(trigger, site);
    case 'after':
      return (crossing) => crossing.elapsedMs >= trigger.elapsedMs;
    case 'until':
      return (crossing) => crossing.elapsedMs < trigger.elapsedMs;
    case 'onAgent':
      return (crossing) => crossing.agent === trigger.agent;
    case 'onTool':
      return (crossing) => crossing.layer === 'tool' && crossing.subject === trigger.tool;
    case 'onEdge': {
      const edge = `${trigger.from}->${trigger.to}`;
      return (crossing) => crossing.layer === 'handoff' && crossing.subject === edge;
    }
    case 'onRecord':
      return (crossing) => crossing.layer === 'process' && crossing.subject === trigger.event;
    case 'and':
      return compileAnd(conjuncts(trigger), site);
    case 'or': {
      const parts = trigger.of.map((part, index) => compile(part, inside(site, index)));
      return (crossing) => parts.some((part) => part(crossing));
    }
    case 'not': {
      const part = compile(trigger.of, inside(site, 0));
      return (crossing) => !part(crossing);
    }
    case 'max':
      return compileMax(trigger, site);
    case 'cooldown':
      return compileCooldown(trigger, site);
  }
}

function compileProbability(p: number, { workshop, population, path }: Site): CrossingTest {
  return () => p > 0 && workshop.draw(path, population.count) < p;
}

/** Starts in the good state; at each counted crossing it may change, and then fires while it is bad. */
function compileMarkov(trigger: Extract<Trigger, { kind: 'markov' }>, site: Site): CrossingTest {
  const { workshop, population, path } = site;
  let bad = false;
  workshop.advance.push((crossing) => {
    if (population.passes !== null && !population.passes(crossing)) return;
    const chance = bad ? trigger.leave : trigger.enter;
    if (workshop.draw(path, population.count) < chance) bad = !bad;
  });
  return () => bad;
}

/** Filters among the parts decide what the other parts count. */
function compileAnd(parts: readonly Trigger[], site: Site): CrossingTest {
  const filters: CrossingTest[] = [];
  for (const [index, part] of parts.entries()) {
    if (isFilter(part)) filters.push(compile(part, inside(site, index)));
  }
  const passes: CrossingTest = (crossing) => filters.every((filter) => filter(crossing));
  if (filters.length === parts.length) return passes;
  const population = filters.length === 0 ? site.population : narrowed(site, passes);
  const rest: CrossingTest[] = [];
  for (const [index, part] of parts.entries()) {
    if (!isFilter(part)) rest.push(compile(part, { ...inside(site, index), population }));
  }
  return (crossing) => passes(crossing) && rest.every((part) => part(crossing));
}

function narrowed({ workshop, population }: Site, passes: CrossingTest): Population {
  const outer = population.passes;
  const inner: Population = {
    passes: outer === null ? passes : (crossing) => outer(crossing) && passes(crossing),
    count: 0,
  };
  workshop.populations.push(inner);
  return inner;
}

function compileMax(trigger: Extract<Trigger, { kind: 'max' }>, site: Site): CrossingTest {
  const part = compile(trigger.of, inside(site, 0));
  let times = 0;
  const holds: CrossingTest = (crossing) => times < trigger.times && part(crossing);
  site.workshop.guards.push({ holds, commit: () => (times += 1) });
  return holds;
}

function compileCooldown(trigger: Extract<Trigger, { kind: 'cooldown' }>, site: Site): CrossingTest {
  const { population } = site;
  const part = compile(trigger.of, inside(site, 0));
  let quietUntil = 0;
  const holds: CrossingTest = (crossing) => population.count > quietUntil && part(crossing);
  site.workshop.guards.push({ holds, commit: () => (quietUntil = population.count + trigger.crossings) });
  return holds;
}

function inside(site: Site, index: number): Site {
  return { ...site, path: `${site.path}.${index}` };
}
