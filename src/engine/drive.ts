// The only loop: append the event, step the steward, dispatch its commands. Engines differ in clock, world and journal.
import { sameBytes } from '../base/same-bytes.ts';
import { structureHash } from '../base/structure-hash.ts';
import type { TeamDefinition } from '../team/definition.ts';
import type { Mission } from '../team/mission.ts';
import type { Command, Obligation } from '../steward/command.ts';
import type { StewardEvent } from '../steward/event.ts';
import { initialState, type StewardState } from '../steward/state.ts';
import { obligations, step, type Decided } from '../steward/step.ts';
import { auditEntry, type AuditEntry } from '../trace/audit.ts';
import type { TraceEventOf } from '../trace/event.ts';
import { answeredBody, calledBody } from './crossing-event.ts';
import type { Engine, Fate } from './engine.ts';
import { Findings } from './findings.ts';
import { Mirror } from './mirror.ts';
import type { Recorder } from './recorder.ts';

export interface DriveParts {
  readonly engine: Engine;
  readonly recorder: Recorder;
  readonly team: TeamDefinition;
  readonly mission: Mission;
}

export interface Driven {
  readonly state: StewardState;
  readonly audit: readonly AuditEntry[];
}

type Stop = TraceEventOf<'run.stopped'>['why'];
type Next = StewardEvent | 'stalled' | 'horizon';
type Loop = Generator<Next | Promise<Next>, Driven, Next>;
type Death = Fate & { readonly kind: 'dies' };

/** Runs a mission to its end. Synchronous while the engine is; a promise from its first asynchronous answer on. */
export function drive(parts: DriveParts): Driven | Promise<Driven> {
  const loop = new Drive(parts).run();
  let turn = loop.next();
  while (turn.done !== true) {
    if (turn.value instanceof Promise) return continueLater(loop, turn.value);
    turn = loop.next(turn.value);
  }
  return turn.value;
}

async function continueLater(loop: Loop, first: Promise<Next>): Promise<Driven> {
  let turn = loop.next(await first);
  while (turn.done !== true) turn = loop.next(await turn.value);
  return turn.value;
}

class Drive {
  readonly #parts: DriveParts;
  readonly #findings = new Findings();
  readonly #mirror = new Mirror(this.#findings);
  readonly #audit: AuditEntry[] = [];
  /** What was dispatched, and the trace event that shows it, by command. */
  readonly #calls = new Map<string, { readonly command: Obligation; readonly seq: number }>();
  #state: StewardState = initialState();
  #epoch = 1;

  constructor(parts: DriveParts) {
    this.#parts = parts;
  }

  *run(): Loop {
    const { engine, recorder, team, mission } = this.#parts;
    engine.resend({ kind: 'mission.started', atMs: engine.now(), mission, team });
    let why: Stop = 'eventsMax';
    for (let turn = 0; turn < team.limits.eventsMax; turn += 1) {
      const next = yield engine.next();
      if (typeof next === 'string') {
        why = next;
        break;
      }
      this.#turn(next);
      if (this.#state.status === 'ended') {
        why = 'ended';
        break;
      }
    }
    this.#findings.note('S1', this.#replayDiffers(), 'replaying the journal gives another state');
    for (const finding of this.#findings.all()) recorder.add(finding, engine.now(), 0);
    const pending = Object.keys(this.#state.pending).length;
    recorder.add({ kind: 'run.stopped', why, detail: '', pending, live: this.#mirror.live }, engine.now(), 0);
    return { state: this.#state, audit: this.#audit };
  }

  #turn(event: StewardEvent): void {
    const { engine } = this.#parts;
    const fate = engine.fate(event);
    if (fate.kind === 'dies' && (fate.point === 'beforeAppend' || fate.point === 'resultReceived')) {
      if (!('command' in event)) engine.resend(event);
      return this.#die(fate);
    }
    engine.append(event);
    const { decided, seq } = this.#step(event);
    if (fate.kind === 'dies' && fate.point === 'afterAppend') return this.#die(fate);
    for (const [index, command] of decided.commands.entries()) {
      this.#dispatch(command, seq);
      if (index === 0 && fate.kind === 'dies' && fate.point === 'betweenDispatches') return this.#die(fate);
    }
    if (fate.kind === 'dies') return this.#die(fate);
    this.#mirror.compare(this.#state);
  }

  /** Steps an event and writes it down; `seq` is the trace event that its consequences name as their cause. */
  #step(event: StewardEvent): { readonly decided: Decided; readonly seq: number } {
    const { engine, recorder } = this.#parts;
    const expected = this.#mirror.expects(event);
    const before = expected ? '' : essence(this.#state);
    this.#mirror.consumed(event);
    const call = 'command' in event ? this.#calls.get(event.command) : undefined;
    const body = answeredBody(call?.command, event);
    let seq = body === null ? (call?.seq ?? 0) : recorder.add(body, engine.now(), call?.seq ?? 0);
    const decided = step(this.#state, event);
    for (const note of decided.notes) {
      const noted = recorder.add(note, engine.now(), seq);
      if (seq === 0) seq = noted;
    }
    this.#audit.push(
      auditEntry(event, {
        serial: this.#audit.length + 1,
        notes: decided.notes,
        previous: this.#audit.at(-1)?.hash ?? '',
      }),
    );
    if (!expected)
      this.#findings.note(
        'S13',
        essence(this.#state) !== before,
        `${event.kind}, which nobody waits for, changed the state`,
      );
    return { decided, seq };
  }

  #dispatch(command: Command, cause: number): void {
    const { engine, recorder } = this.#parts;
    this.#mirror.dispatched(command);
    const body = calledBody(command);
    const seq = body === null ? cause : recorder.add(body, engine.now(), cause);
    if ('epoch' in command) this.#calls.set(command.id, { command, seq });
    engine.dispatch(command, seq);
  }

  /** The process is gone and another takes over: replay, new epoch, `recovered`, and everything owed again. L4. */
  #die(fate: Death): void {
    const { engine, recorder } = this.#parts;
    for (let death = 1; death <= fate.times; death += 1) {
      const crash = recorder.add({ kind: 'crashed', point: fate.point, epoch: this.#epoch }, engine.now(), 0);
      this.#mirror.crashed();
      engine.lose(fate.downMs);
      this.#state = replay(engine.journal());
      if (this.#state.status !== 'idle') this.#recover(crash);
    }
    fate.witness();
  }

  #recover(cause: number): void {
    const { engine } = this.#parts;
    this.#epoch += 1;
    const event: StewardEvent = { kind: 'recovered', atMs: engine.now(), epoch: this.#epoch };
    engine.append(event);
    const { decided, seq } = this.#step(event);
    const again = new Set<string>();
    for (const command of decided.commands) {
      if ('epoch' in command) again.add(command.id);
      this.#dispatch(command, seq === 0 ? cause : seq);
    }
    const forgotten = obligations(this.#state).some((command) => !again.has(command.id));
    this.#findings.note('L4', forgotten, 'an obligation was not dispatched again after a crash');
    this.#mirror.compare(this.#state);
  }

  #replayDiffers(): boolean {
    return !sameBytes(replay(this.#parts.engine.journal()), this.#state);
  }
}

/** S1: the state that a journal gives. */
export function replay(journal: readonly StewardEvent[]): StewardState {
  const state = initialState();
  for (const event of journal) step(state, event);
  return state;
}

/** The state without its counters of events seen. */
function essence(state: StewardState): string {
  return structureHash({ ...state, events: 0, ignored: 0, atMs: 0 });
}
