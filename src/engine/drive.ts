// The only loop: append the event, step the steward, dispatch its commands. Engines differ in clock, world and journal.
import type { TeamDefinition } from '../team/definition.ts';
import type { Mission } from '../team/mission.ts';
import { isObligation, type Command, type Obligation } from '../steward/command.ts';
import { isAnswer, type StewardEvent } from '../steward/event.ts';
import { initialState, type StewardState } from '../steward/state.ts';
import { step, type Decided } from '../steward/step.ts';
import type { AuditLine } from '../trace/audit.ts';
import type { TraceEventOf } from '../trace/event.ts';
import { answeredBody, calledBody } from './crossing-event.ts';
import type { Engine, Fate } from './engine.ts';
import type { Oracle } from './oracle.ts';
import type { Recorder } from './recorder.ts';
import { LoopAlarm } from './loop-alarm.ts';
import { replay } from './replay.ts';

export interface DriveParts {
  readonly engine: Engine;
  readonly recorder: Recorder;
  readonly oracle: Oracle;
  readonly team: TeamDefinition;
  readonly mission: Mission;
}

export interface Driven {
  readonly state: StewardState;
  readonly audit: readonly AuditLine[] | null;
}

type Stop = TraceEventOf<'run.stopped'>['why'];
type Next = StewardEvent | 'stalled' | 'horizon';
type Death = Fate & { readonly kind: 'dies' };

/** Runs a mission to its end. Synchronous while the engine is; a promise from its first asynchronous answer on. */
export function drive(parts: DriveParts): Driven | Promise<Driven> {
  const run = new Drive(parts);
  while (run.goesOn) {
    const next = parts.engine.next();
    if (next instanceof Promise) return driveOn(run, next, parts.engine);
    run.take(next);
  }
  return run.finish();
}

async function driveOn(run: Drive, first: Promise<Next>, engine: Engine): Promise<Driven> {
  run.take(await first);
  while (run.goesOn) run.take(await engine.next());
  return run.finish();
}

class Drive {
  readonly #parts: DriveParts;
  /** What was dispatched, and the trace event that shows it, by command. */
  readonly #calls = new Map<string, { readonly command: Obligation; readonly seq: number }>();
  #state: StewardState = initialState();
  #epoch = 1;
  #turns = 0;
  /** Null while nothing has stopped the run. */
  #why: Stop | null = null;

  readonly #alarm: LoopAlarm | null;

  constructor(parts: DriveParts) {
    const { engine, recorder, team, mission } = parts;
    this.#parts = parts;
    this.#alarm = team.limits.watchLoops === 'on' ? new LoopAlarm(recorder) : null;
    engine.resend({ kind: 'mission.started', atMs: engine.now(), mission, team });
  }

  get goesOn(): boolean {
    return this.#why === null && this.#turns < this.#parts.team.limits.eventsMax;
  }

  take(next: Next): void {
    if (typeof next === 'string') {
      this.#why = next;
      return;
    }
    this.#turns += 1;
    this.#turn(next);
    if (this.#state.status === 'ended') {
      this.#why = 'ended';
      return;
    }
    const { engine } = this.#parts;
    const loop = this.#alarm?.hear(engine.now()) ?? null;
    if (loop !== null) engine.resend(loop);
  }

  finish(): Driven {
    const { engine, recorder, oracle } = this.#parts;
    const { findings, audit, live } = oracle.finished(this.#state, engine.journal());
    for (const finding of findings) recorder.add(finding, engine.now(), 0);
    const pending = this.#state.pending.length;
    const why = this.#why ?? 'eventsMax';
    recorder.add({ kind: 'run.stopped', why, detail: '', pending, live }, engine.now(), 0);
    return { state: this.#state, audit };
  }

  #turn(event: StewardEvent): void {
    const { engine } = this.#parts;
    const fate = engine.fate(event);
    if (fate.kind === 'dies' && (fate.point === 'beforeAppend' || fate.point === 'resultReceived')) {
      if (!isAnswer(event)) engine.resend(event);
      return this.#die(fate);
    }
    engine.append(event);
    const { decided, seq } = this.#step(event);
    if (fate.kind === 'dies' && fate.point === 'afterAppend') return this.#die(fate);
    for (let index = 0; index < decided.commands.length; index += 1) {
      this.#dispatch(decided.commands[index]!, seq);
      if (index === 0 && fate.kind === 'dies' && fate.point === 'betweenDispatches') return this.#die(fate);
    }
    if (fate.kind === 'dies') return this.#die(fate);
    this.#parts.oracle.settled(this.#state);
  }

  /** Steps an event and writes it down; `seq` is the trace event that its consequences name as their cause. */
  #step(event: StewardEvent): { readonly decided: Decided; readonly seq: number } {
    const { engine, recorder, oracle } = this.#parts;
    oracle.awaits(event, this.#state);
    const call = isAnswer(event) ? this.#calls.get(event.command) : undefined;
    const body = answeredBody(call?.command, event);
    let seq = body === null ? (call?.seq ?? 0) : recorder.add(body, engine.now(), call?.seq ?? 0);
    const decided = step(this.#state, event);
    for (const note of decided.notes) {
      const noted = recorder.add(note, engine.now(), seq);
      if (seq === 0) seq = noted;
    }
    oracle.stepped(event, this.#state, decided.notes);
    return { decided, seq };
  }

  #dispatch(command: Command, cause: number): void {
    const { engine, recorder, oracle } = this.#parts;
    oracle.dispatched(command);
    const body = calledBody(command);
    const seq = body === null ? cause : recorder.add(body, engine.now(), cause);
    if (isObligation(command)) this.#calls.set(command.id, { command, seq });
    engine.dispatch(command, seq);
  }

  /** The process is gone and another takes over: replay, new epoch, `recovered`, and everything owed again. L4. */
  #die(fate: Death): void {
    const { engine, recorder, oracle } = this.#parts;
    for (let death = 1; death <= fate.times; death += 1) {
      const crash = recorder.add({ kind: 'crashed', point: fate.point, epoch: this.#epoch }, engine.now(), 0);
      oracle.crashed();
      engine.lose(fate.downMs);
      this.#state = replay(engine.journal());
      if (this.#state.status !== 'idle') this.#recover(crash);
    }
    fate.witness();
  }

  #recover(cause: number): void {
    const { engine, oracle } = this.#parts;
    this.#epoch += 1;
    const event: StewardEvent = { kind: 'recovered', atMs: engine.now(), epoch: this.#epoch };
    engine.append(event);
    const { decided, seq } = this.#step(event);
    for (const command of decided.commands) this.#dispatch(command, seq === 0 ? cause : seq);
    oracle.tookOver(this.#state, decided.commands);
  }
}
