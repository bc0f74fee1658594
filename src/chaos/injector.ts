// The injector: bends the crossings of one run as its plan says, and logs what was armed, fired and witnessed.
import { drawAt } from '../base/random.ts';
import type { ChaosBody } from '../trace/event.ts';
import { addedDelayMs } from './arrival.ts';
import { crossingName, type Crossing, type CrossingLayer, type CrossingPhase } from './crossing.ts';
import { compilePlan } from './compiled-plan.ts';
import { startInjection, type InjectionRun } from './injection-run.ts';
import type { OutcomeByLayer } from './outcome.ts';
import type { Plan } from './plan.ts';
import { compileTrigger } from './trigger.ts';

/** One fault that was applied at one crossing. The edge calls `witness` once its effect has reached the team. */
export interface Firing {
  /** 0-based place in the plan. */
  readonly injection: number;
  readonly fault: string;
  readonly crossing: Crossing;
}

export interface Bent<O> {
  readonly outcome: O;
  readonly firings: readonly Firing[];
}

/**
 * Edges ask it at each crossing, in the order in which the crossings happen. One injector serves one run.
 *
 * The protocol at one touch of the world: ask `before` with the `request` crossing. If it answers, that outcome is the
 * world's and nothing else is asked of the world; otherwise ask the world. Then, in either case, pass the outcome
 * to `after` with the `reply` crossing and carry out what comes back. The firings of both are witnessed once their effect
 * has reached the team. Faults of the process are all in the request phase: null means that the process runs on, and
 * `after` need not be asked.
 */
export interface Injector {
  /** False when no injection of the plan touches this layer, or this phase of it, so that an edge can skip the question. */
  touches(layer: CrossingLayer, phase?: CrossingPhase): boolean;
  /** Before the world is touched: an outcome in its place, or null to go on. The first injection that answers wins. */
  before<L extends CrossingLayer>(crossing: Crossing & { readonly layer: L }): Bent<OutcomeByLayer[L]> | null;
  /** After the world has answered, or after `before` has in its place. Injections apply in the order of the plan. */
  after<L extends CrossingLayer>(
    crossing: Crossing & { readonly layer: L },
    outcome: OutcomeByLayer[L],
  ): Bent<OutcomeByLayer[L]>;
  /** The firing's effect has reached the team; said more than once, it counts once. */
  witness(firing: Firing): void;
}

/** What a run's injector needs to know. `log` receives `fault.armed`, `fault.fired` and `fault.witnessed` as they happen. */
export interface InjectorParts {
  readonly plan: Plan;
  readonly seed: number;
  readonly agents: readonly string[];
  readonly log: (body: ChaosBody) => void;
}

/** Bends nothing: for a run without chaos. */
export const quietInjector: Injector = {
  touches: () => false,
  before: () => null,
  after: (_crossing, outcome) => ({ outcome, firings: [] }),
  witness: () => undefined,
};

/** Throws `MusterError` PLAN_UNKNOWN_FAULT or PLAN_BAD_PARAMETERS for a plan that `parsePlan` would refuse so. */
export function createInjector(parts: InjectorParts): Injector {
  const runs = startAll(parts);
  if (runs.length === 0) return quietInjector;
  const logbook = createLogbook(parts.log);
  const layers = groupByLayer(runs);
  return {
    touches: (layer, phase) => {
      const runsAt = layers[layer];
      return runsAt !== undefined && (phase === undefined || runsAt[phase].length > 0);
    },
    before: (crossing) => {
      const group = layers[crossing.layer]?.request ?? [];
      return group.length === 0 ? null : answerInPlace(group, crossing, logbook);
    },
    after: (crossing, outcome) => {
      const group = layers[crossing.layer]?.reply ?? [];
      return group.length === 0 ? { outcome, firings: [] } : bendInTurn(group, crossing, outcome, logbook);
    },
    witness: logbook.witnessed,
  };
}

type ByPhase = { readonly [P in CrossingPhase]: InjectionRun[] };

function groupByLayer(runs: readonly InjectionRun[]): { readonly [L in CrossingLayer]?: ByPhase } {
  const layers: { [L in CrossingLayer]?: ByPhase } = {};
  for (const run of runs) (layers[run.fault.layer] ??= { request: [], reply: [] })[run.fault.phase].push(run);
  return layers;
}

/** Request phase: every injection counts the crossing, the first whose fault answers wins. */
function answerInPlace<L extends CrossingLayer>(
  group: readonly InjectionRun[],
  crossing: Crossing & { readonly layer: L },
  logbook: Logbook,
): Bent<OutcomeByLayer[L]> | null {
  const { agent, elapsedMs } = crossing;
  let answer: Bent<OutcomeByLayer[L]> | null = null;
  for (const run of group) {
    if (!run.covers(crossing)) continue;
    logbook.armed(run, crossing);
    const isOn = run.step(crossing);
    if (answer !== null) continue;
    const outcome = isOn ? (run.bend(crossing, null) as OutcomeByLayer[L] | null) : null;
    run.remember({ agent, elapsedMs, outcome, fired: outcome !== null });
    if (outcome !== null) {
      answer = { outcome, firings: [logbook.fired(run, crossing, addedDelayMs(null, outcome))] };
    }
  }
  return answer;
}

/** Reply phase: each injection bends what the one before it left. */
function bendInTurn<L extends CrossingLayer>(
  group: readonly InjectionRun[],
  crossing: Crossing & { readonly layer: L },
  unbent: OutcomeByLayer[L],
  logbook: Logbook,
): Bent<OutcomeByLayer[L]> {
  const { agent, elapsedMs } = crossing;
  const firings: Firing[] = [];
  let outcome = unbent;
  for (const run of group) {
    if (!run.covers(crossing)) continue;
    logbook.armed(run, crossing);
    const bent = run.step(crossing) ? (run.bend(crossing, outcome) as OutcomeByLayer[L] | null) : null;
    if (bent !== null) {
      firings.push(logbook.fired(run, crossing, addedDelayMs(outcome, bent)));
      outcome = bent;
    }
    run.remember({ agent, elapsedMs, outcome, fired: bent !== null });
  }
  return { outcome, firings };
}

interface Logbook {
  readonly armed: (run: InjectionRun, crossing: Crossing) => void;
  readonly fired: (run: InjectionRun, crossing: Crossing, delayMs: number) => Firing;
  readonly witnessed: (firing: Firing) => void;
}

function createLogbook(log: (body: ChaosBody) => void): Logbook {
  const armed = new Set<number>();
  const witnessed = new WeakSet<Firing>();
  return {
    armed: (run, crossing) => {
      if (armed.has(run.index)) return;
      armed.add(run.index);
      log({
        kind: 'fault.armed',
        injection: run.index,
        fault: run.fault.kind,
        crossing: crossingName(crossing),
      });
    },
    fired: (run, crossing, delayMs) => {
      const firing: Firing = { injection: run.index, fault: run.fault.kind, crossing };
      log({
        kind: 'fault.fired',
        injection: run.index,
        fault: run.fault.kind,
        crossing: crossingName(crossing),
        agent: crossing.agent,
        delayMs,
      });
      return firing;
    },
    witnessed: (firing) => {
      if (witnessed.has(firing)) return;
      witnessed.add(firing);
      const { injection, fault, crossing } = firing;
      log({ kind: 'fault.witnessed', injection, fault, crossing: crossingName(crossing) });
    },
  };
}

function startAll({ plan, seed, agents }: InjectorParts): readonly InjectionRun[] {
  return compilePlan(plan).map(({ index, fault, parameters, inScope, trigger, name }) => {
    const draw = (purpose: string, ordinal: number): number => drawAt(seed, name, purpose, ordinal);
    return startInjection({
      index,
      fault,
      parameters,
      inScope,
      trigger: compileTrigger(trigger, draw),
      agents,
      draw,
    });
  });
}
