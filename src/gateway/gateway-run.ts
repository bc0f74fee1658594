// A run of the gateway: one team's calls, with a script, a chaos plan, a journal and a trace of its own.
import type { Plan } from '../chaos/plan.ts';
import type { NowOrLater } from '../base/now-or-later.ts';
import type { ModelRequest } from '../llm/double.ts';
import type { Handled } from '../llm/traffic/wire-traffic.ts';
import type { WireCodec } from '../llm/wire/codec.ts';
import type { Ask } from '../team/ask.ts';
import type { TraceBody } from '../trace/event.ts';
import type { Trace } from '../trace/trace.ts';
import type { Journal, JournalEntry } from './journal.ts';
import type { RunSetup } from './run-setup.ts';
import { missionOf, Stage, type StageParts } from './stage.ts';

/** Where and how a request came in. */
export interface Arrival {
  readonly codec: WireCodec;
  readonly request: ModelRequest;
}

export class GatewayRun {
  readonly name: string;
  #parts: StageParts;
  #stage: Stage;
  #isArmed = true;

  constructor(parts: StageParts) {
    this.name = parts.name;
    this.#parts = parts;
    this.#stage = new Stage(parts);
  }

  get setup(): RunSetup {
    return this.#parts.setup;
  }

  get isArmed(): boolean {
    return this.#isArmed && this.setup.chaos !== null;
  }

  get journal(): Journal {
    return this.#stage.journal;
  }

  /** Answers a model call; the journal follows the reply to its end. */
  serve(arrival: Arrival): NowOrLater<Handled> {
    const { journal } = this.#stage;
    const atMs = this.#parts.time.now();
    const { handling, asked } = this.#stage.serve(arrival.codec, arrival.request);
    if (handling instanceof Promise)
      return handling.then((handled) => journalled(journal, arrival, { asked, handled, atMs }));
    return journalled(journal, arrival, { asked, handled: handling, atMs });
  }

  /** A request that never came to the desk. */
  refused(request: Pick<ModelRequest, 'method' | 'path'>, status: number, message: string): void {
    this.#stage.journal.add({
      n: 0,
      atMs: this.#parts.time.now(),
      method: request.method,
      path: request.path,
      api: null,
      agent: null,
      model: null,
      turn: null,
      attempt: null,
      status,
      outcome: 'refused',
      message,
    });
  }

  /** A chaos plan, armed; calls that were answered stay answered. */
  plan(chaos: Plan | null): void {
    this.#parts = { ...this.#parts, setup: { ...this.setup, chaos } };
    this.arm();
  }

  /** What the run is given from here on; it begins anew. */
  give(change: Partial<RunSetup>): void {
    this.#parts = { ...this.#parts, setup: { ...this.setup, ...change } };
    this.reset();
  }

  /** Chaos from here on, its triggers counting anew. */
  arm(): void {
    this.#isArmed = true;
    this.#stage.world.plant(this.setup.chaos);
  }

  disarm(): void {
    this.#isArmed = false;
    this.#stage.world.plant(null);
  }

  /** Everything anew: positions in the script, turns, chaos, journal and trace. */
  reset(): void {
    this.#isArmed = true;
    this.#stage = new Stage(this.#parts);
  }

  /** Adds an event that the gateway cannot see, such as how the mission ended. */
  log(body: TraceBody, cause = 0): number {
    return this.#stage.world.log(body, cause);
  }

  /** Events that the trace no longer has. */
  get droppedEvents(): number {
    return this.#stage.recorder.dropped;
  }

  trace(): Trace {
    const { recorder, startedAtMs } = this.#stage;
    return {
      schemaVersion: 1,
      subject: this.name,
      mission: missionOf(this.#parts),
      team: null,
      seed: this.setup.seed,
      startedAtMs,
      events: [...recorder.events],
      result: null,
      audit: null,
      state: null,
    };
  }
}

const noMoments: NonNullable<Handled['moments']> = [];

/** A call whose ending the journal tells, too. */
class JournalledCall implements Handled {
  readonly #handled: Handled;
  readonly #entry: JournalEntry;
  readonly reply: Handled['reply'];
  readonly moments: NonNullable<Handled['moments']>;

  constructor(handled: Handled, entry: JournalEntry) {
    this.#handled = handled;
    this.#entry = entry;
    this.reply = handled.reply;
    this.moments = handled.moments ?? noMoments;
  }

  delivered(): void {
    if (this.#entry.outcome === 'open') this.#entry.outcome = 'delivered';
    this.#handled.delivered?.();
  }

  abandoned(): void {
    this.#entry.outcome = 'abandoned';
    this.#handled.abandoned?.();
  }
}

function journalled(journal: Journal, arrival: Arrival, served: Served): Handled {
  return new JournalledCall(served.handled, journal.add(lineOf(arrival, served)));
}

interface Served {
  readonly asked: Ask | null;
  readonly handled: Handled;
  readonly atMs: number;
}

/** A request that was never asked of a model was refused at the desk. */
function lineOf({ codec, request }: Arrival, { asked, handled, atMs }: Served): JournalEntry {
  const { reply } = handled;
  return {
    n: 0,
    atMs,
    method: request.method,
    path: request.path,
    api: codec.name,
    agent: asked?.agent ?? null,
    model: asked?.model ?? null,
    turn: asked?.turn ?? null,
    attempt: asked?.attempt ?? null,
    status: reply.kind === 'response' ? reply.status : null,
    outcome: asked === null ? 'refused' : 'open',
    message: asked === null && reply.kind === 'response' ? String(reply.chunks[0]?.data ?? '') : null,
  };
}
