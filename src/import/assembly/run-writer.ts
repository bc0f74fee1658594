// The run writer: steps of one run, in order, become the events of its trace.
import { fingerprint } from '../../base/fingerprint.ts';
import type { ToolCall } from '../../team/ask.ts';
import type { TraceBody, TraceEvent } from '../../trace/event.ts';
import type { ImportedAsk } from '../imported.ts';
import type { Step } from '../step.ts';
import { modelAnswered, modelCalled, toolCalled, toolReturned, type CallOf } from './call-events.ts';
import { OpenHandoffs, transferTarget } from './open-handoffs.ts';
import { RequestedCalls, type RequestedCall } from './requested-calls.ts';
import type { PlacedStep } from './step-order.ts';

/** Who acts where a format names nobody. */
export const unattributed = 'unattributed';

export interface RunWriterParts {
  readonly run: string;
  readonly event: (event: TraceEvent) => void;
  readonly ask: ((ask: ImportedAsk) => void) | null;
  readonly skip: (what: string, why: string) => void;
}

type StepOf<K extends Step['kind']> = Extract<Step, { readonly kind: K }>;
type HandoffParts = Pick<StepOf<'handoff'>, 'to' | 'payload'> & {
  readonly from: string;
  readonly asked: boolean;
};

/**
 * Invariants: `seq` runs from 1 without gaps; a tool call known from the model and from the tool is told once, where the
 * tool runs; one that never ran is told before its agent's next turn, without an answer.
 */
export class RunWriter {
  readonly #parts: RunWriterParts;
  readonly #calls = new RequestedCalls();
  readonly #handoffs = new OpenHandoffs();
  readonly #turns = new Map<string, number>();
  readonly #tokens = new Map<string, number>();
  #seq = 0;
  #names = 0;
  #nowMs = 0;

  constructor(parts: RunWriterParts) {
    this.#parts = parts;
  }

  write({ step, agent: named }: PlacedStep): void {
    const agent = named ?? unattributed;
    this.#nowMs = step.startMs ?? this.#nowMs;
    switch (step.kind) {
      case 'model':
        return this.#model(step, agent);
      case 'tool':
        return this.#tool(step, agent);
      case 'handoff':
        return this.#handoff({ ...step, from: step.from ?? agent, asked: false });
      case 'message':
        return this.#message(step, named);
      case 'approval':
        return this.#approval(step, agent);
      case 'agent':
        return undefined;
    }
  }

  /** What the models asked for and nothing ran. */
  end(): void {
    this.#tellUntold(null);
  }

  #model(step: StepOf<'model'>, agent: string): void {
    this.#tellUntold(agent);
    const cause = this.#receive(agent);
    const turn = (this.#turns.get(agent) ?? 0) + 1;
    this.#turns.set(agent, turn);
    const by = { call: this.#name('call'), agent };
    const called = this.#log(modelCalled(by, step.model ?? 'unknown', turn), cause);
    this.#nowMs = step.endMs ?? this.#nowMs;
    this.#tellAsk(step, agent);
    if (step.said === null && step.error !== null) {
      this.#log(
        { kind: 'model.failed', ...by, reason: 'unknown', status: null, message: step.error },
        called,
      );
    } else this.#answered(step, by, called);
  }

  #tellAsk({ model, input, offers, said, usage, error }: StepOf<'model'>, agent: string): void {
    const { ask, run } = this.#parts;
    ask?.({ run, agent, model, input, offers, said, usage, error });
  }

  #answered({ said, usage }: StepOf<'model'>, by: CallOf, called: number): void {
    const asked = said?.toolCalls ?? [];
    const toolCalls = asked.some(({ id }) => id === '') ? asked.map((one) => this.#withId(one)) : asked;
    const cause = this.#log(modelAnswered(by, said, { toolCalls, usage }), called);
    this.#bill(by.agent, usage);
    for (const [index, call] of toolCalls.entries())
      this.#request(call, { agent: by.agent, cause, named: asked[index] === call });
  }

  #withId(call: ToolCall): ToolCall {
    return call.id === '' ? { ...call, id: this.#name('tool') } : call;
  }

  #request(
    call: ToolCall,
    { agent, cause, named }: { readonly agent: string; readonly cause: number; readonly named: boolean },
  ): void {
    const to = transferTarget(call.name);
    if (to === null) {
      this.#calls.request({ agent, call, named, atMs: this.#nowMs, cause, called: null });
    } else this.#handoff({ from: agent, to, payload: call.arguments, asked: true });
  }

  #tool(step: StepOf<'tool'>, agent: string): void {
    const requested = this.#calls.claim(step.callId, step.tool, step.arguments);
    const id = step.callId ?? requested?.call.id ?? null;
    const echo = id !== null && this.#calls.echoes(id, resultPrint(step)) && requested === null;
    if (echo) return this.#parts.skip('tool result', 'it is told more than once');
    const by = agent === unattributed && requested !== null ? requested.agent : agent;
    const call = requested?.call ?? {
      id: id ?? this.#name('tool'),
      name: step.tool,
      arguments: step.arguments,
    };
    const called =
      requested?.called ?? this.#log(toolCalled(by, withArguments(call, step)), requested?.cause ?? 0);
    this.#nowMs = step.endMs ?? this.#nowMs;
    const { tool, result, error, endMs } = step;
    if (error !== null)
      this.#log({ kind: 'tool.failed', call: call.id, agent: by, tool, message: error }, called);
    else if (result !== null || endMs !== null)
      this.#log(toolReturned({ call: call.id, agent: by }, tool, result), called);
  }

  #tellUntold(agent: string | null): void {
    const nowMs = this.#nowMs;
    for (const requested of this.#calls.untold(agent)) this.#tellRequested(requested);
    this.#nowMs = nowMs;
  }

  #tellRequested(requested: RequestedCall): void {
    this.#nowMs = requested.atMs;
    const called = this.#log(toolCalled(requested.agent, requested.call), requested.cause);
    this.#calls.told(requested, called);
  }

  #handoff({ from, to, payload, asked }: HandoffParts): void {
    if (!asked && this.#handoffs.confirms(to)) return;
    const handoff = this.#name('handoff');
    const tokens = this.#tokens.get(from) ?? 0;
    this.#tokens.delete(from);
    const sent = { call: handoff, handoff, from, to, attempt: 1, payload, tokens };
    const cause = this.#log({ kind: 'handoff.sent', ...sent, confidence: null, contextVersion: null }, 0);
    this.#handoffs.add({ handoff, from, to, payload, cause, asked });
  }

  /** The handoffs that an agent takes up by acting; the last of them is why it acts. */
  #receive(agent: string): number {
    let cause = 0;
    for (const { cause: sent, handoff, from, payload } of this.#handoffs.take(agent))
      cause = this.#log({ kind: 'handoff.received', handoff, from, to: agent, payload }, sent);
    return cause;
  }

  #message({ role, to, content }: StepOf<'message'>, agent: string | null): void {
    this.#log({ kind: 'message.said', agent: agent ?? role, to, role, content }, 0);
  }

  #approval({ name, decision }: StepOf<'approval'>, agent: string): void {
    const call = this.#name('approval');
    const cause = this.#log({ kind: 'approval.asked', call, agent, name }, 0);
    if (decision !== null)
      this.#log({ kind: 'approval.answered', call, approver: 'unknown', decision }, cause);
  }

  #bill(agent: string, usage: StepOf<'model'>['usage']): void {
    if (usage === null) return;
    this.#tokens.set(agent, (this.#tokens.get(agent) ?? 0) + usage.inputTokens + usage.outputTokens);
  }

  #name(what: string): string {
    this.#names += 1;
    return `${what}-${this.#names}`;
  }

  /** Takes the body over, and stamps it. */
  #log(body: TraceBody | TraceEvent, cause: number): number {
    this.#seq += 1;
    const stamped = body as TraceBody & { seq: number; atMs: number; cause: number };
    stamped.seq = this.#seq;
    stamped.atMs = this.#nowMs;
    stamped.cause = cause;
    this.#parts.event(stamped);
    return this.#seq;
  }
}

function resultPrint({ tool, result, error }: StepOf<'tool'>): string {
  return fingerprint([tool, result, error]);
}

function withArguments(call: ToolCall, step: StepOf<'tool'>): ToolCall {
  return Object.keys(step.arguments).length === 0 ? call : { ...call, arguments: step.arguments };
}
