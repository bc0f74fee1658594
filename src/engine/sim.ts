// The simulator: virtual time, a journal in memory, doubles for the world, and chaos at every crossing.
import { Timeline } from '../base/timeline.ts';
import { VirtualClock } from '../base/clock.ts';
import { createInjector, quietInjector } from '../chaos/injector.ts';
import type { Injector } from '../chaos/injector.ts';
import type { Command, Obligation } from '../steward/command.ts';
import type { OutsideEvent, StewardEvent } from '../steward/event.ts';
import { contextValues } from '../steward/mission-context.ts';
import { begun, type Doubles } from '../llm/double.ts';
import { PromptTexts } from '../team/prompt.ts';
import type { Team } from '../team/team.ts';
import type { Trace } from '../trace/trace.ts';
import type { Engine, Fate } from './engine.ts';
import { drive, type Driven } from './drive.ts';
import { Interleaving } from './interleaving.ts';
import { blindOracle, WatchfulOracle } from './oracle.ts';
import { Recorder } from './recorder.ts';
import type { RunPlan } from './run.ts';
import { CrossingCounter } from './world/crossing-counter.ts';
import { perform } from './world/perform.ts';
import { missionStartMs } from './world/start-time.ts';
import type { Performed, World } from './world/world.ts';

/** What the mailbox holds: an event for the steward, or the moment at which a fault's effect is felt. */
type Mail =
  | { readonly kind: 'event'; readonly event: StewardEvent; readonly durable: boolean }
  | { readonly kind: 'timer'; readonly event: StewardEvent; readonly id: string }
  | { readonly kind: 'felt'; readonly felt: () => void };

export interface Simulated {
  readonly team: Team;
  readonly doubles: Doubles;
  readonly plan: RunPlan;
  /** What people and systems outside do while the mission runs, so many milliseconds after its start. */
  readonly outside?: readonly { readonly afterMs: number; readonly event: OutsideEvent }[];
}

/** Runs a team once under the steward. Synchronous when its doubles are. */
export function simulate(parts: Simulated): Trace | Promise<Trace> {
  const recorder = new Recorder();
  const engine = new Simulation(parts, recorder);
  const oracle = parts.plan.role === 'control' ? blindOracle : new WatchfulOracle();
  const driven = drive({
    engine,
    recorder,
    oracle,
    team: parts.team.definition,
    mission: parts.plan.mission,
  });
  return driven instanceof Promise
    ? driven.then((end) => traceOf(parts, recorder, end))
    : traceOf(parts, recorder, driven);
}

/** Liveness is promised once faults heal: a process that never stays up would only show that it never stays up. */
const crashesMax = 25;

/** And people who keep stepping in, each time because somebody has stepped in, would only show that they can. */
const mailsMax = 25;

const runs: Fate = { kind: 'runs' };

class Simulation implements Engine {
  readonly #clock: VirtualClock;
  readonly #timeline = new Timeline<Mail>();
  readonly #journal: StewardEvent[] = [];
  readonly #timers = new Set<string>();
  readonly #underway = new Set<Promise<void>>();
  readonly #injector: Injector;
  readonly #crossings: CrossingCounter;
  readonly #world: World;
  readonly #endMs: number;
  readonly #interleaving: Interleaving;
  #life = 1;
  #mails = 0;
  /** The trace event behind what is being done now. */
  #cause = 0;

  constructor({ team, doubles, plan, outside = [] }: Simulated, recorder: Recorder) {
    const startMs = missionStartMs;
    this.#clock = new VirtualClock(startMs);
    this.#endMs = startMs + plan.horizonMs;
    this.#interleaving = new Interleaving(plan.seed, plan.schedule);
    this.#injector =
      plan.chaos === null
        ? quietInjector
        : createInjector({
            plan: plan.chaos,
            seed: plan.seed,
            agents: Object.keys(team.definition.agents),
            log: (body) => void recorder.add(body, this.now(), this.#cause),
          });
    this.#crossings = new CrossingCounter(startMs);
    this.#world = {
      team,
      doubles: doubles.model.begin === undefined ? doubles : { ...doubles, model: begun(doubles.model) },
      seed: plan.seed,
      injector: this.#injector,
      crossings: this.#crossings,
      clock: this.#clock,
      recorder,
      store: new Map(),
      ledger: new Map(),
      texts: new PromptTexts(),
    };
    for (const mail of outside) this.#mail(mail);
  }

  now(): number {
    return this.#clock.now();
  }

  next(): StewardEvent | 'stalled' | 'horizon' | Promise<StewardEvent | 'stalled' | 'horizon'> {
    if (this.#underway.size > 0) return Promise.all(this.#underway).then(() => this.#take());
    return this.#take();
  }

  fate(event: StewardEvent): Fate {
    if (this.#life > crashesMax || this.#mails >= mailsMax || !this.#injector.touches('process')) return runs;
    const crossing = this.#crossings.next(
      { layer: 'process', agent: 'steward', subject: event.kind, attempt: 1 },
      'request',
      this.now(),
    );
    const bent = this.#injector.before(crossing);
    if (bent === null || bent.outcome.kind === 'running') return runs;
    const felt = (): void => bent.firings.forEach((firing) => this.#injector.witness(firing));
    if (bent.outcome.kind === 'crashed') return { ...bent.outcome, kind: 'dies', witness: felt };
    this.#mails += 1;
    for (const mail of bent.outcome.events) {
      this.#mail(mail);
      this.#post(mail.afterMs, { kind: 'felt', felt });
    }
    return runs;
  }

  append(event: StewardEvent): void {
    this.#journal.push(event);
  }

  journal(): readonly StewardEvent[] {
    return this.#journal;
  }

  dispatch(command: Command, cause: number): void {
    switch (command.kind) {
      case 'timer.start':
        this.#timers.add(command.id);
        this.#timeline.add(
          command.atMs,
          {
            kind: 'timer',
            id: command.id,
            event: { kind: 'timer.fired', atMs: command.atMs, command: command.id, epoch: command.epoch },
          },
          this.#interleaving.rank(),
        );
        return;
      case 'timer.cancel':
        this.#timers.delete(command.id);
        return;
      case 'run.cancel':
      case 'finish':
        return;
      case 'model.ask':
      case 'tool.use':
      case 'tool.probe':
      case 'gate.check':
      case 'handoff.deliver':
      case 'approval.request':
      case 'credential.grant':
      case 'credential.revoke':
      case 'notify':
        this.#start(command, cause);
    }
  }

  lose(downMs: number): void {
    this.#life += 1;
    this.#timers.clear();
    this.#timeline.keep((mail) => this.#survives(mail));
    this.#clock.advanceTo(this.now() + downMs);
  }

  resend(event: StewardEvent): void {
    this.#post(0, { kind: 'event', event, durable: true });
  }

  /** Some answers still come in, through the old process, when it wakes up after its successor has taken over. */
  #survives(mail: Mail): boolean {
    switch (mail.kind) {
      case 'timer':
        return false;
      case 'felt':
        return true;
      case 'event':
        return mail.durable || this.#interleaving.rank() < 0.5;
    }
  }

  #start(command: Obligation, cause: number): void {
    this.#cause = cause;
    const performed = perform(this.#world, command, cause);
    if (!(performed instanceof Promise)) return this.#deliver(performed);
    const later = this.#deliverLater(performed, this.#life).finally(() => this.#underway.delete(later));
    this.#underway.add(later);
  }

  /** What a process was waiting for when it died does not reach its successor. */
  async #deliverLater(performed: Promise<Performed>, life: number): Promise<void> {
    const done = await performed;
    if (life === this.#life) this.#deliver(done);
  }

  #deliver(performed: Performed): void {
    for (const felt of performed.felt) this.#post(felt.afterMs, { kind: 'felt', felt: felt.witness });
    for (const late of performed.events) {
      const holdMs = this.#interleaving.holdMs();
      const event = holdMs === 0 ? late.event : { ...late.event, atMs: late.event.atMs + holdMs };
      this.#post(late.afterMs + holdMs, { kind: 'event', event, durable: false });
    }
  }

  /** An event from outside: its sender sees to it that it arrives, whatever becomes of the process. */
  #mail({ afterMs, event }: { readonly afterMs: number; readonly event: OutsideEvent }): void {
    this.#post(afterMs, { kind: 'event', event: { ...event, atMs: this.now() + afterMs }, durable: true });
  }

  #post(afterMs: number, mail: Mail): void {
    this.#timeline.add(this.now() + afterMs, mail, mail.kind === 'felt' ? -1 : this.#interleaving.rank());
  }

  #take(): StewardEvent | 'stalled' | 'horizon' {
    for (;;) {
      const entry = this.#timeline.take();
      if (entry === undefined) return 'stalled';
      const mail = entry.value;
      if (mail.kind === 'timer' && !this.#timers.delete(mail.id)) continue;
      if (entry.atMs > this.#endMs) return 'horizon';
      this.#clock.advanceTo(entry.atMs);
      if (mail.kind !== 'felt') return mail.event;
      mail.felt();
    }
  }
}

function traceOf({ team, plan }: Simulated, recorder: Recorder, { state, audit }: Driven): Trace {
  const ended = state.status === 'ended';
  return {
    schemaVersion: 1,
    subject: team.definition.name,
    mission: plan.mission,
    team: team.definition,
    seed: plan.seed,
    startedAtMs: missionStartMs,
    events: recorder.events,
    result: ended ? contextValues(state) : null,
    audit,
    state,
  };
}
