// The world of one run of a team that works over HTTP: its clock, its trace, its doubles, and chaos at every crossing.
import type { Time } from '../base/clock.ts';
import type { Json } from '../base/json.ts';
import { andThen, type NowOrLater } from '../base/now-or-later.ts';
import { arrivalMs } from '../chaos/arrival.ts';
import type { CrossingLayer } from '../chaos/crossing.ts';
import { createInjector, quietInjector, type Firing, type Injector } from '../chaos/injector.ts';
import type { OutcomeByLayer } from '../chaos/outcome.ts';
import type { Plan } from '../chaos/plan.ts';
import { Recorder } from '../engine/recorder.ts';
import type { RunPlan } from '../engine/run.ts';
import { touch, type Bend } from '../engine/touch.ts';
import { CrossingCounter, type CrossingParts } from '../engine/world/crossing-counter.ts';
import { begun, type Doubles } from '../llm/double.ts';
import type { Handled } from '../llm/traffic/wire-traffic.ts';
import type { TraceBody } from '../trace/event.ts';

export interface HttpWorldParts {
  readonly plan: RunPlan;
  readonly agents: readonly string[];
  readonly doubles: Doubles;
  readonly time: Time;
  /** Absent: one that keeps every event. */
  readonly recorder?: Recorder;
}

export type Moments = NonNullable<Handled['moments']>;

export interface Touched<L extends CrossingLayer> {
  readonly outcome: OutcomeByLayer[L];
  /** When the firings' effects reach the team. */
  readonly felt: Moments;
}

export interface Touch<L extends CrossingLayer> {
  readonly crossing: CrossingParts<L>;
  /** The trace event of the call. */
  readonly cause: number;
  /** How long the answer takes when nothing is wrong. */
  readonly usualMs: number;
  readonly real: () => NowOrLater<OutcomeByLayer[L]>;
}

interface Feeling {
  /** The one that fired, whatever is planted since. */
  readonly injector: Injector;
  readonly dueMs: number;
  readonly outcome: OutcomeByLayer[CrossingLayer];
  readonly cause: number;
}

export class HttpWorld {
  readonly recorder: Recorder;
  readonly doubles: Doubles;
  readonly seed: number;
  readonly mission: string;
  readonly time: Time;
  /** Names of the team's agents; none where nobody told them. */
  readonly agents: readonly string[];
  /** What the systems behind the tools remember. */
  readonly store = new Map<string, Json>();
  #injector: Injector = quietInjector;
  readonly #crossings: CrossingCounter;
  #calls = 0;
  #cause = 0;

  constructor({ plan, agents, doubles, time, recorder = new Recorder() }: HttpWorldParts) {
    this.recorder = recorder;
    this.doubles = { ...doubles, model: begun(doubles.model) };
    this.seed = plan.seed;
    this.mission = plan.mission.id;
    this.time = time;
    this.agents = agents;
    this.#crossings = new CrossingCounter(time.now());
    this.plant(plan.chaos);
  }

  /** From here on the world is bent as this plan says, whose triggers count from now; null: it is left alone. */
  plant(chaos: Plan | null): void {
    const log = (body: TraceBody): number => this.log(body, this.#cause);
    const { seed, agents } = this;
    this.#injector = chaos === null ? quietInjector : createInjector({ plan: chaos, seed, agents, log });
  }

  log(body: TraceBody, cause = 0): number {
    return this.recorder.add(body, this.time.now(), cause);
  }

  /** A running name that joins a call with its answer. */
  nextCall(): string {
    this.#calls += 1;
    return `call-${this.#calls}`;
  }

  /** Touches the world once: a fault may answer in its place, and may bend what it answered. */
  touch<L extends CrossingLayer>({ crossing, cause, usualMs, real }: Touch<L>): NowOrLater<Touched<L>> {
    const injector = this.#injector;
    if (!injector.touches(crossing.layer)) return andThen(real(), unbent);
    this.#cause = cause;
    const edge = { injector, crossings: this.#crossings, clock: this.time };
    const answered = touch(edge, crossing, () => andThen(real(), (outcome) => this.#resume(outcome, cause)));
    return andThen(answered, ({ outcome, firings, unbentMs }: Bend<L>): Touched<L> => {
      const felt = this.#feltOf(firings, { injector, dueMs: unbentMs ?? usualMs, outcome, cause });
      return { outcome, felt };
    });
  }

  /** While the world was at work, other calls went on: what happens from here belongs to this one again. */
  #resume<T>(outcome: T, cause: number): T {
    this.#cause = cause;
    return outcome;
  }

  /**
   * A fault is felt when its outcome is there, or when the unbent one would have been and is not, whichever comes
   * first: the team waited for nothing, or was answered otherwise.
   */
  #feltOf(firings: readonly Firing[], { injector, dueMs, outcome, cause }: Feeling): Moments {
    const afterMs = Math.min(dueMs, arrivalMs(outcome) ?? Infinity);
    return firings.map((firing) => ({
      afterMs,
      happen: () => {
        this.#cause = cause;
        injector.witness(firing);
      },
    }));
  }
}

const nothingFelt: Moments = [];

function unbent<L extends CrossingLayer>(outcome: OutcomeByLayer[L]): Touched<L> {
  return { outcome, felt: nothingFelt };
}
