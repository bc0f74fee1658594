// A hand-cranked driver: tests feed the steward one event at a time and see what it commands and notes.
import type { ModelFailure, Reply, ToolCall } from '../team/ask.ts';
import type { TeamDefinition } from '../team/definition.ts';
import type { Mission } from '../team/mission.ts';
import type { Usage } from '../team/usage.ts';
import type { Json, JsonObject } from '../base/json.ts';
import type { Command, Obligation, TimerPurpose } from './command.ts';
import type { AnswerEvent, OutsideEvent, StewardEvent } from './event.ts';
import type { Note } from './note.ts';
import { initialState, type StewardState } from './state.ts';
import { step, type Decided } from './step.ts';

type Unstamped<E> = E extends StewardEvent ? Omit<E, 'atMs'> : never;
type AnswerBody = AnswerEvent extends infer E
  ? E extends AnswerEvent
    ? Omit<E, 'atMs' | 'command' | 'epoch'>
    : never
  : never;
type Kind = Obligation['kind'];
type ObligationOf<K extends Kind> = Extract<Obligation, { readonly kind: K }>;
type NoteOf<K extends Note['kind']> = Extract<Note, { readonly kind: K }>;

export const startMs = 1_000_000;
export const someMission: Mission = { id: 'mission', goal: 'done', input: { topic: 'rain' }, context: {} };
const someUsage: Usage = { inputTokens: 80, outputTokens: 20 };

/** What an agent says: tool calls, or a finished output. */
export interface Saying {
  readonly tools?: readonly ToolCall[];
  readonly usage?: Usage;
  readonly content?: string;
}

export class Crank {
  readonly state: StewardState = initialState();
  readonly journal: StewardEvent[] = [];
  readonly notes: Note[] = [];
  readonly commands: Command[] = [];
  atMs = startMs;
  /** Whether grants, revocations and notices are answered at once. */
  readonly #clerks: 'quick' | 'absent';

  constructor(clerks: 'quick' | 'absent' = 'quick') {
    this.#clerks = clerks;
  }

  start(team: TeamDefinition, mission: Mission = someMission): this {
    this.send({ kind: 'mission.started', mission, team });
    return this;
  }

  /** Feeds one event, a millisecond after the last one. */
  send(event: Unstamped<OutsideEvent> | Unstamped<AnswerEvent>): Decided {
    this.atMs += 1;
    const stamped = { ...event, atMs: this.atMs } as StewardEvent;
    this.journal.push(stamped);
    const decided = step(this.state, stamped);
    this.notes.push(...decided.notes);
    this.commands.push(...decided.commands);
    if (this.#clerks === 'quick') this.#keepHouse();
    return decided;
  }

  answer(command: Obligation, body: AnswerBody): Decided {
    return this.send({ ...body, command: command.id, epoch: command.epoch });
  }

  /** The oldest obligation of a kind that has been dispatched; of one agent, where it is named. */
  owed<K extends Kind>(kind: K, agent?: string): ObligationOf<K> {
    const found = this.allOwed(kind, agent)[0];
    if (found === undefined)
      throw new Error(`no ${kind} of ${agent ?? 'anybody'} is owed, but ${this.#owedKinds()}`);
    return found;
  }

  allOwed<K extends Kind>(kind: K, agent?: string): readonly ObligationOf<K>[] {
    const all = this.state.pending.filter((command): command is ObligationOf<K> => command.kind === kind);
    return all.filter(
      (command) =>
        !this.state.held.includes(command.id) &&
        (agent === undefined || ('agent' in command && command.agent === agent)),
    );
  }

  noted<K extends Note['kind']>(kind: K): readonly NoteOf<K>[] {
    return this.notes.filter((note): note is NoteOf<K> => note.kind === kind);
  }

  /** The agent's model answers. */
  says(agent: string, { tools = [], usage = someUsage, content = '{}' }: Saying = {}): Decided {
    const finishReason = tools.length > 0 ? 'toolCalls' : 'stop';
    return this.answer(this.owed('model.ask', agent), {
      kind: 'model.answered',
      answer: { content, toolCalls: tools, finishReason, usage },
    });
  }

  fails(agent: string, failure: Partial<ModelFailure> = {}): Decided {
    return this.answer(this.owed('model.ask', agent), {
      kind: 'model.failed',
      failure: { reason: 'serverError', message: 'down', retryable: true, ...failure },
    });
  }

  passes(agent: string, reply: Partial<Reply> = {}): Decided {
    const whole: Reply = { payload: {}, patch: {}, confidence: 1, flags: [], ...reply };
    return this.answer(this.owed('gate.check', agent), {
      kind: 'gate.checked',
      passed: true,
      reply: whole,
      feedback: [],
    });
  }

  rejects(agent: string, feedback: string): Decided {
    return this.answer(this.owed('gate.check', agent), {
      kind: 'gate.checked',
      passed: false,
      reply: null,
      feedback: [{ gate: 'quality', feedback }],
    });
  }

  /** The agent finishes its work, and its gates pass it. */
  finishes(agent: string, reply: Partial<Reply> = {}): Decided {
    this.says(agent);
    return this.passes(agent, reply);
  }

  /** The oldest handoff arrives as it was sent. */
  delivers(): Decided {
    const command = this.owed('handoff.deliver');
    const { handoff } = command;
    return this.answer(command, { kind: 'handoff.delivered', to: handoff.to, handoff });
  }

  returns(tool: string, result: Json = { ok: true }): Decided {
    return this.answer(this.#running(tool), { kind: 'tool.returned', result });
  }

  breaks(tool: string, applied: 'no' | 'unknown', retryable = true): Decided {
    return this.answer(this.#running(tool), {
      kind: 'tool.failed',
      problem: { message: 'broken', retryable, applied },
    });
  }

  /** Time passes until the oldest timer of a purpose fires. */
  fires(purpose: TimerPurpose): Decided {
    const timer = this.allOwed('timer.start').find((one) => one.purpose === purpose);
    if (timer === undefined) throw new Error(`no ${purpose} runs, but ${this.#owedKinds()}`);
    this.atMs = Math.max(this.atMs, timer.atMs - 1);
    return this.answer(timer, { kind: 'timer.fired' });
  }

  #running(tool: string): ObligationOf<'tool.use'> {
    const found = this.allOwed('tool.use').find((command) => command.call.name === tool);
    if (found === undefined) throw new Error(`${tool} does not run, but ${this.#owedKinds()}`);
    return found;
  }

  #owedKinds(): string {
    const kinds = this.state.pending.map((one) => (one.kind === 'timer.start' ? one.purpose : one.kind));
    return `${this.state.status} owes ${kinds.join(', ') || 'nothing'} (${this.state.reason})`;
  }

  #keepHouse(): void {
    for (const grant of this.allOwed('credential.grant')) this.answer(grant, { kind: 'credential.granted' });
    for (const back of this.allOwed('credential.revoke')) this.answer(back, { kind: 'credential.revoked' });
    for (const notice of this.allOwed('notify')) this.answer(notice, { kind: 'notified' });
  }
}

export function call(name: string, args: JsonObject = {}, id = `${name}-call`): ToolCall {
  return { id, name, arguments: args };
}
