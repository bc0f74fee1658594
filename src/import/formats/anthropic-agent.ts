// Anthropic managed agents: the events of a session, bare or as `[method, payload]` of a client's log.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { momentMs } from '../dialect/moment.ts';
import { usageOf } from '../dialect/usage-of.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { wordsOf } from '../logs/conversation.ts';
import { asObject, below, firstText, neededText, objectIn } from '../reading.ts';
import { broken } from '../source/broken.ts';
import type { Said, Step, StepBody, StepPlace } from '../step.ts';
import { stepAt } from '../step-at.ts';

export const anthropicAgent: TraceFormat = {
  name: 'anthropic-agent',
  title: 'Anthropic managed agents: events of sessions',
  shapes: ['document', 'records'],
  detects: ({ values }) => values.some(isSession) && values.every(isCallOrEvent),
  open: (sink) => new SessionReader(sink),
};

const eventType = /^(?:user|agent|session|span)\.[a-z_]+$/;

function isSession(value: Json): boolean {
  return (
    eventType.test(typeOf(payloadOf(value))) ||
    (Array.isArray(value) && /\.sessions\./.test(String(value[0])))
  );
}

function isCallOrEvent(value: Json): boolean {
  if (isSession(value)) return true;
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';
}

function payloadOf(value: Json): Json {
  return Array.isArray(value) && typeof value[0] === 'string'
    ? ((value as readonly Json[])[1] ?? null)
    : value;
}

function typeOf(value: Json): string {
  return isJsonObject(value) ? (firstText(value, ['type']) ?? '') : '';
}

/** What a model request has said so far. */
interface OpenRequest {
  readonly place: string;
  readonly startMs: number | null;
  readonly texts: string[];
  readonly reasoning: string[];
  readonly toolCalls: Said['toolCalls'][number][];
}

type At = Pick<StepPlace, 'place' | 'startMs' | 'endMs' | 'agent'>;

/** What is sent comes back in the stream: it is told from there, and what was only sent, at the end of nothing else. */
class SessionReader implements FormatReader {
  readonly #sink: StepSink;
  readonly #tools = new Map<string, string>();
  readonly #results: Step[] = [];
  #agent: string | null = null;
  #model: string | null = null;
  #request: OpenRequest | null = null;

  constructor(sink: StepSink) {
    this.#sink = sink;
  }

  read(value: Json, place: string): void {
    if (Array.isArray(value) && typeof value[0] !== 'string') {
      (value as readonly Json[]).forEach((one, index) => this.read(one, below(place, index)));
      return;
    }
    const isCall = Array.isArray(value);
    const payload = payloadOf(value);
    const at = isCall ? below(place, 1) : place;
    if (Array.isArray(payload)) this.#sink.skip('sent event', 'the stream tells it again');
    else this.#event(asObject(payload, at), at);
  }

  end(): void {
    this.#close(null, null);
  }

  #event(event: JsonObject, place: string): void {
    const type = neededText(event, 'type', place);
    const atMs = moment(event, place);
    switch (type) {
      case 'session':
        this.#session(event, place);
        return;
      case 'span.model_request_start':
        this.#close(null, null);
        this.#open(place, atMs);
        return;
      case 'span.model_request_end':
        this.#close(event, atMs);
        return;
      case 'agent.message':
        this.#open(place, atMs).texts.push(wordsOf(event['content']));
        return;
      case 'agent.thinking':
        this.#open(place, atMs).reasoning.push(wordsOf(event['content']));
        return;
      case 'agent.tool_use':
      case 'agent.mcp_tool_use':
      case 'agent.custom_tool_use':
        this.#call(event, place, atMs);
        return;
      default:
        this.#beside(type, event, { place, atMs });
    }
  }

  #beside(
    type: string,
    event: JsonObject,
    { place, atMs }: { readonly place: string; readonly atMs: number | null },
  ): void {
    if (type.endsWith('tool_result')) this.#result(event, place, atMs);
    else if (type === 'user.message')
      this.#tell(
        { place, startMs: atMs, endMs: null, agent: 'user' },
        { kind: 'message', role: 'user', to: null, content: wordsOf(event['content']) },
      );
    else {
      this.#agent = firstText(event, ['agent_name']) ?? this.#agent;
      this.#sink.skip(type, 'it tells the state of the session, and is no step');
    }
  }

  #session(event: JsonObject, place: string): void {
    const agent = objectIn(event, 'agent', place) ?? {};
    const model = agent['model'] ?? null;
    this.#agent = firstText(agent, ['name']);
    this.#model = isJsonObject(model) ? firstText(model, ['id']) : firstText(agent, ['model']);
    const system = firstText(agent, ['system']);
    if (system !== null)
      this.#tell(
        { place, startMs: null, endMs: null, agent: 'system' },
        { kind: 'message', role: 'system', to: null, content: system },
      );
  }

  #open(place: string, startMs: number | null): OpenRequest {
    this.#request ??= { place, startMs, texts: [], reasoning: [], toolCalls: [] };
    return this.#request;
  }

  #call(event: JsonObject, place: string, atMs: number | null): void {
    const id = neededText(event, 'id', place);
    const name = neededText(event, 'name', place);
    this.#tools.set(id, name);
    this.#open(place, atMs).toolCalls.push({ id, name, arguments: objectIn(event, 'input', place) ?? {} });
  }

  /** A tool of the platform may answer before its request is told as over: it runs after the answer all the same. */
  #result(event: JsonObject, place: string, atMs: number | null): void {
    const callId = firstText(event, ['tool_use_id', 'custom_tool_use_id', 'mcp_tool_use_id']);
    if (callId === null) throw broken(below(place, 'tool_use_id'), 'the call of a result is missing');
    const content = wordsOf(event['content']);
    const failed = event['is_error'] === true;
    const step = this.#step(
      { place, startMs: atMs, endMs: null, agent: this.#agent },
      {
        kind: 'tool',
        tool: this.#tools.get(callId) ?? 'tool',
        callId,
        arguments: {},
        result: failed ? null : content,
        error: failed ? content : null,
      },
    );
    if (this.#request === null) this.#sink.step(step);
    else this.#results.push(step);
  }

  #close(event: JsonObject | null, endMs: number | null): void {
    if (this.#request === null) return;
    const { place, startMs, texts, reasoning, toolCalls } = this.#request;
    this.#request = null;
    const thoughts = reasoning.join('\n');
    const failed = event?.['is_error'] === true && texts.length + toolCalls.length === 0;
    this.#tell(
      { place, startMs, endMs, agent: this.#agent },
      {
        kind: 'model',
        model: this.#model,
        input: null,
        offers: [],
        said: failed
          ? null
          : {
              text: texts.join('\n'),
              toolCalls,
              finishReason: null,
              refusal: null,
              reasoning: thoughts === '' ? null : thoughts,
            },
        usage: usageOf(event?.['model_usage']),
        error: failed ? 'the model request failed' : null,
      },
    );
    for (const step of this.#results.splice(0)) this.#sink.step(step);
  }

  #tell(at: At, body: StepBody): void {
    this.#sink.step(this.#step(at, body));
  }

  #step({ place, startMs, endMs, agent }: At, body: StepBody): Step {
    return stepAt({ run: '', id: null, parent: null, agent, startMs, endMs, place }, body);
  }
}

function moment(event: JsonObject, place: string): number | null {
  const value = event['processed_at'] ?? null;
  const ms = momentMs(value);
  if (value !== null && ms === null)
    throw broken(below(place, 'processed_at'), 'a moment must stand here', value);
  return ms;
}
