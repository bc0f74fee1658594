// OpenHands: events of a conversation, of the agent SDK (`kind`) and of the server before it (`action`, `observation`).
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { momentMs } from '../dialect/moment.ts';
import { plainText, toolArguments } from '../dialect/pieces.ts';
import { usageOf } from '../dialect/usage-of.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { wordsOf } from '../logs/conversation.ts';
import { below, eachRecord, firstText, neededText, objectIn, textIn } from '../reading.ts';
import { broken } from '../source/broken.ts';
import type { StepBody } from '../step.ts';
import { stepAt } from '../step-at.ts';

export const openhands: TraceFormat = {
  name: 'openhands',
  title: 'OpenHands events: one a line, a list, {events}, or {history} a line',
  shapes: ['document', 'records'],
  detects: ({ values }) => values.length > 0 && values.every(holdsEvents),
  open: (sink) => new EventReader(sink),
};

function holdsEvents(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && (value as readonly Json[]).every(holdsEvents);
  return isJsonObject(value) && (isEvent(value) || holdsEvents(value[listKeyOf(value) ?? ''] ?? null));
}

const sources: ReadonlySet<string> = new Set(['agent', 'user', 'environment', 'hook', 'system']);

function isEvent({ source, kind, timestamp, action, observation }: JsonObject): boolean {
  if (typeof source !== 'string' || !sources.has(source)) return false;
  if (typeof kind === 'string') return timestamp !== undefined;
  return typeof action === 'string' || typeof observation === 'string';
}

/** Where answers of the server, and results of evaluations, keep the events of a conversation. */
function listKeyOf(record: JsonObject): string | null {
  return ['events', 'items', 'history'].find((key) => Array.isArray(record[key])) ?? null;
}

/** What the agent's model wrote: several actions of one response are one answer. */
interface OpenAnswer {
  readonly response: string | null;
  readonly event: JsonObject;
  readonly place: string;
  readonly texts: string[];
  readonly calls: { readonly id: string; readonly name: string; readonly arguments: JsonObject }[];
}

type Told = readonly [event: JsonObject, place: string, body: StepBody];

/** What the first action of a response brings may stand before its next one: it waits until the answer is over. */
class EventReader implements FormatReader {
  readonly #sink: StepSink;
  readonly #tools = new Map<string, string>();
  #answer: OpenAnswer | null = null;
  #waiting: Told[] = [];
  #run = '';

  constructor(sink: StepSink) {
    this.#sink = sink;
  }

  read(value: Json, place: string): void {
    const key = isJsonObject(value) && !isEvent(value) ? listKeyOf(value) : null;
    if (key === null || !isJsonObject(value)) {
      eachRecord(value, place, (record, at) => this.#record(renewed(record), at));
      return;
    }
    this.#close();
    this.#run = firstText(value, ['instance_id', 'conversation_id', 'id']) ?? place;
    eachRecord(value[key] ?? null, below(place, key), (record, at) => this.#record(renewed(record), at));
    this.#close();
  }

  #record(event: JsonObject, place: string): void {
    neededText(event, 'source', place);
    moment(event, place);
    this.#event(kindOf(event, place), event, place);
  }

  end(): void {
    this.#close();
  }

  #event(kind: string, event: JsonObject, place: string): void {
    switch (kind) {
      case 'ActionEvent':
        return this.#action(event, place);
      case 'ObservationEvent':
      case 'UserRejectObservation':
      case 'AgentErrorEvent':
        return this.#observation(event, place, kind !== 'ObservationEvent');
      case 'MessageEvent':
        this.#close();
        return this.#message(event, place);
      case 'SystemPromptEvent':
        return this.#tell([event, place, said('system', wordsOf([event['system_prompt'] ?? null]))]);
      default:
        this.#sink.skip(kind, 'it tells the state of the conversation, and is no step');
    }
  }

  #action(event: JsonObject, place: string): void {
    const response = firstText(event, ['llm_response_id']) ?? firstText(responseOf(event), ['id']);
    if (this.#answer !== null && (response === null || this.#answer.response !== response)) this.#close();
    this.#answer ??= { response, event, place, texts: [], calls: [] };
    const thought = wordsOf(event['thought']);
    if (thought !== '') this.#answer.texts.push(thought);
    const call = objectIn(event, 'tool_call', place) ?? {};
    const action = objectIn(event, 'action', place) ?? {};
    const inner = objectIn(call, 'function', place) ?? call;
    const name = firstText(event, ['tool_name']) ?? firstText(inner, ['name']) ?? firstText(action, ['kind']);
    if (name === null) throw broken(below(place, 'tool_name'), 'the tool of an action is missing');
    const args = inner['arguments'] === undefined ? action : toolArguments(inner['arguments']).arguments;
    const id = firstText(event, ['tool_call_id']) ?? neededText(event, 'id', place);
    this.#tools.set(id, name);
    this.#answer.calls.push({ id, name, arguments: args });
    if (response === null) this.#close();
  }

  #close(): void {
    if (this.#answer === null) return;
    const { event, place, texts, calls } = this.#answer;
    this.#answer = null;
    this.#tell([event, place, modelSaid(texts.join('\n'), calls, event)]);
    for (const told of this.#waiting.splice(0)) this.#tell(told);
  }

  #observation(event: JsonObject, place: string, isRefusal: boolean): void {
    const observation = objectIn(event, 'observation', place) ?? event;
    const failed = isRefusal || observation['is_error'] === true;
    const content = wordsOf(
      observation['content'] ?? observation['error'] ?? observation['rejection_reason'],
    );
    const callId = firstText(event, ['tool_call_id', 'action_id']);
    const tool = callId === null ? undefined : this.#tools.get(callId);
    if (callId !== null) this.#tools.delete(callId);
    this.#tell([
      event,
      place,
      {
        kind: 'tool',
        tool: tool ?? firstText(event, ['tool_name']) ?? 'tool',
        callId,
        arguments: typeof observation['command'] === 'string' ? { command: observation['command'] } : {},
        result: failed ? null : content,
        error: failed ? content : null,
      },
    ]);
  }

  #message(event: JsonObject, place: string): void {
    const content = wordsOf((objectIn(event, 'llm_message', place) ?? event)['content']);
    const isAgent = event['source'] === 'agent';
    this.#tell([event, place, isAgent ? modelSaid(content, [], event) : said('user', content)]);
  }

  #tell(told: Told): void {
    if (this.#answer !== null) {
      this.#waiting.push(told);
      return;
    }
    const [event, place, body] = told;
    const source = textIn(event, 'source', place) ?? 'agent';
    const agent = body.kind === 'message' ? (body.role === 'system' ? 'system' : source) : 'agent';
    const startMs = moment(event, place);
    this.#sink.step(
      stepAt({ run: this.#run, id: null, parent: null, agent, startMs, endMs: null, place }, body),
    );
  }
}

/** What the server's model answered, where the server keeps it with what came of it. */
function responseOf({ tool_call_metadata: metadata }: JsonObject): JsonObject {
  const response = isJsonObject(metadata) ? metadata['model_response'] : null;
  return isJsonObject(response) ? response : {};
}

/** Actions and observations of the server that no model asked for. */
const bookkeeping: ReadonlySet<unknown> = new Set([
  'change_agent_state',
  'agent_state_changed',
  'recall',
  'condensation',
  'condensation_request',
  'null',
]);

/** The server's events of before, in the words of the SDK. */
function renewed(event: JsonObject): JsonObject {
  if (event['kind'] !== undefined) return event;
  const { action, observation, args, tool_call_metadata: metadata } = event;
  const callId = isJsonObject(metadata) ? { tool_call_id: metadata['tool_call_id'] ?? null } : {};
  const id = plainText(event['id'] ?? null);
  const content = (isJsonObject(args) ? args['content'] : null) ?? null;
  if (action === 'system') return { ...event, kind: 'SystemPromptEvent', system_prompt: content };
  if (action === 'message') return { ...event, kind: 'MessageEvent', content };
  if (bookkeeping.has(action ?? observation))
    return { ...event, kind: plainText(action ?? observation ?? null) };
  if (typeof action === 'string' && event['source'] === 'agent') {
    const { thought = null, ...rest } = isJsonObject(args) ? args : {};
    return { ...event, id, kind: 'ActionEvent', action: rest, thought, tool_name: action, ...callId };
  }
  if (typeof observation === 'string' && event['cause'] !== undefined)
    return {
      ...event,
      kind: observation === 'error' ? 'AgentErrorEvent' : 'ObservationEvent',
      observation: event,
      tool_name: observation,
      action_id: plainText(event['cause']),
      ...callId,
    };
  return { ...event, kind: plainText(action ?? observation ?? 'event') };
}

function kindOf(event: JsonObject, place: string): string {
  return neededText(event, 'kind', place);
}

function moment(event: JsonObject, place: string): number | null {
  const value = event['timestamp'] ?? null;
  const ms = momentMs(value);
  if (value !== null && ms === null)
    throw broken(below(place, 'timestamp'), 'a moment must stand here', value);
  return ms;
}

function said(role: 'user' | 'system', content: string): StepBody {
  return { kind: 'message', role, to: null, content };
}

function modelSaid(text: string, toolCalls: OpenAnswer['calls'], event: JsonObject): StepBody {
  const reasoning = firstText(event, ['reasoning_content']);
  const response = responseOf(event);
  return {
    kind: 'model',
    model: firstText(response, ['model']),
    input: null,
    offers: [],
    said: { text, toolCalls, finishReason: null, refusal: null, reasoning },
    usage: usageOf(response['usage']),
    error: null,
  };
}
