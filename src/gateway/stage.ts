// The stage of a run: all that has built up since the run began or was reset.
import type { Time } from '../base/clock.ts';
import type { NowOrLater } from '../base/now-or-later.ts';
import { askHash } from '../llm/ask-key.ts';
import { begun, type Doubles, type ModelDouble, type ModelRequest } from '../llm/double.ts';
import type { Handled } from '../llm/traffic/wire-traffic.ts';
import type { WireCodec } from '../llm/wire/codec.ts';
import { TeamWatch } from '../subject/team-watch.ts';
import { HttpWorld } from '../subject/http-world.ts';
import { ModelDesk } from '../subject/model-desk.ts';
import type { Ask, ModelFailure } from '../team/ask.ts';
import type { Mission } from '../team/mission.ts';
import type { TraceEvent } from '../trace/event.ts';
import { BoundedRecorder } from './bounded-recorder.ts';
import { Journal } from './journal.ts';
import type { GatewayLimits } from './limits.ts';
import type { RunSetup, WatchVerdict } from './run-setup.ts';

export interface StageParts {
  readonly name: string;
  readonly setup: RunSetup;
  readonly limits: GatewayLimits;
  readonly time: Time;
}

export interface Serving {
  readonly handling: NowOrLater<Handled>;
  /** What was asked of the model; null where the request was refused before. */
  readonly asked: Ask | null;
}

export class Stage {
  readonly journal: Journal;
  readonly recorder: BoundedRecorder;
  readonly world: HttpWorld;
  readonly startedAtMs: number;
  readonly #time: Time;
  readonly #desk: ModelDesk;
  readonly #model: ModelDouble;
  #asked: Ask | null = null;
  #halt: ModelFailure | null = null;

  constructor(parts: StageParts) {
    const { setup, limits, time } = parts;
    this.#time = time;
    this.startedAtMs = time.now();
    this.#model = begun(setup.model);
    this.journal = new Journal(limits.journalMax);
    const watch = setup.watch?.();
    this.recorder = new BoundedRecorder({
      limits,
      onEvent: watch === undefined ? () => undefined : (event) => this.#heed(event, watch),
    });
    this.world = this.#worldOf(parts);
    this.#desk = this.#deskOf(setup, limits.requestsMax);
  }

  serve(codec: WireCodec, request: ModelRequest): Serving {
    this.#asked = null;
    const handling = this.#desk.serve(codec, request);
    return { handling, asked: this.#asked };
  }

  #worldOf({ setup, name, time, limits }: StageParts): HttpWorld {
    const { agents, seed, chaos } = setup;
    return new HttpWorld({
      plan: {
        mission: missionOf({ setup, name, time, limits }),
        seed,
        chaos,
        horizonMs: Infinity,
        schedule: null,
        role: 'judged',
      },
      agents,
      doubles: this.#doubles(),
      time,
      recorder: this.recorder,
    });
  }

  /** Nothing but a fault takes time here: who waits, waits for real. */
  #doubles(): Doubles {
    return {
      model: {
        name: 'gateway',
        answer: (ask, random, request) => this.#model.answer(ask, random, request),
        missed: (ask) => this.#model.missed?.(ask),
        divergence: (ask, request) => this.#model.divergence?.(ask, request) ?? null,
      },
      tools: {},
      human: () => null,
      pace: { modelMs: [0, 0], toolMs: [0, 0], handoffMs: [0, 0] },
    };
  }

  #deskOf({ attribution, repeatedAsks, agents, handoffs: signs }: RunSetup, requestsMax: number): ModelDesk {
    const { world } = this;
    const team = new TeamWatch({ world, agents, signs, routedTools: [] });
    return new ModelDesk({
      world,
      attribution,
      repeatedAsks,
      names: { nameOf: askHash, requestsMax },
      mistakes: 'told',
      halted: () => this.#halt,
      watch: {
        calling: (ask) => team.calling(ask),
        called: (ask, cause) => {
          this.#asked = ask;
          team.called(ask, cause);
        },
        bend: (ask, touched, cause) => team.bend(ask, touched, cause),
        answered: (ask, answer, cause) => team.answered(ask, answer, cause),
      },
    });
  }

  #heed(event: TraceEvent, watch: (event: TraceEvent) => WatchVerdict): void {
    const verdict = watch(event);
    if (verdict === null) return;
    const { kind, message } = verdict;
    this.journal.note(this.#time.now(), `${kind}: ${message}`);
    if (kind === 'stop') this.#halt ??= { reason: 'badRequest', status: 400, message, retryable: false };
  }
}

/** A run that was given no mission is one by its name. */
export function missionOf({ setup, name }: StageParts): Mission {
  return setup.mission ?? { id: name, goal: name, input: {}, context: {} };
}
