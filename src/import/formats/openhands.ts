// OpenHands: events of a conversation, of the agent SDK (`kind`) and of the server before it (`action`, `observation`).
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { momentMs } from '../dialect/moment.ts';
import { plainText, toolArguments } from '../dialect/pieces.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { wordsOf } from '../logs/conversation.ts';
import { below, eachRecord, firstText, neededText, objectIn, textIn } from '../reading.ts';
import { broken } from '../source/broken.ts';
import type { StepBody } from '../step.ts';
import { stepAt } from '../step-at.ts';

export const openhands: TraceFormat = {
  name: 'openhands',
  title: 'OpenHands events: one a line, or a list',
  shapes: ['document', 'records'],
  detects: ({ values }) => values.length > 0 && values.every(holdsEvents),
  open: (sink) => new EventReader(sink),
};

function holdsEvents(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && (value as readonly Json[]).every(holdsEvents);
  if (!isJsonObject(value) || typeof value['source'] !== 'string') return false;
  const { kind, timestamp } = value;
  if (typeof kind === 'string') return timestamp !== undefined;
  return typeof value['action'] === 'string' || typeof value['observation'] === 'string';
}

/** What the agent's model wrote: several actions of one response are one answer. */
interface OpenAnswer {
  readonly response: string | null;
  readonly event: JsonObject;
  readonly place: string;
  readonly texts: string[];
  readonly calls: { readonly id: string; readonly name: string; readonly arguments: JsonObject }[];
}

class EventReader implements FormatReader {
  readonly #sink: StepSink;
  #answer: OpenAnswer | null = null;

  constructor(sink: StepSink) {
    this.#sink = sink;
  }

  read(value: Json, place: string): void {
    eachRecord(value, place, (record, at) => this.#record(renewed(record), at));
  }

  #record(event: JsonObject, place: string): void {
    neededText(event, 'source', place);
    moment(event, place);
    const kind = kindOf(event, place);
    if (kind !== 'ActionEvent') this.#close();
    this.#event(kind, event, place);
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
        return this.#message(event, place);
      case 'SystemPromptEvent':
        return this.#tell(event, place, said('system', wordsOf(event['system_prompt'])));
      default:
        this.#sink.skip(kind, 'it tells the state of the conversation, and is no step');
    }
  }

  #action(event: JsonObject, place: string): void {
    const response = firstText(event, ['llm_response_id']);
    if (this.#answer !== null && (response === null || this.#answer.response !== response)) this.#close();
    this.#answer ??= { response, event, place, texts: [], calls: [] };
    const thought = wordsOf(event['thought']);
    if (thought !== '') this.#answer.texts.push(thought);
    const call = objectIn(event, 'tool_call', place) ?? {};
    const action = objectIn(event, 'action', place) ?? {};
    const name = firstText(event, ['tool_name']) ?? firstText(call, ['name']) ?? firstText(action, ['kind']);
    if (name === null) throw broken(below(place, 'tool_name'), 'the tool of an action is missing');
    const args = call['arguments'] === undefined ? action : toolArguments(call['arguments']).arguments;
    this.#answer.calls.push({
      id: firstText(event, ['tool_call_id']) ?? neededText(event, 'id', place),
      name,
      arguments: args,
    });
  }

  #close(): void {
    if (this.#answer === null) return;
    const { event, place, texts, calls } = this.#answer;
    this.#answer = null;
    this.#tell(event, place, modelSaid(texts.join('\n'), calls, firstText(event, ['reasoning_content'])));
  }

  #observation(event: JsonObject, place: string, isRefusal: boolean): void {
    const observation = objectIn(event, 'observation', place) ?? event;
    const failed = isRefusal || observation['is_error'] === true;
    const content = wordsOf(
      observation['content'] ?? observation['error'] ?? observation['rejection_reason'],
    );
    this.#tell(event, place, {
      kind: 'tool',
      tool: firstText(event, ['tool_name']) ?? 'tool',
      callId: firstText(event, ['tool_call_id', 'action_id']),
      arguments: typeof observation['command'] === 'string' ? { command: observation['command'] } : {},
      result: failed ? null : content,
      error: failed ? content : null,
    });
  }

  #message(event: JsonObject, place: string): void {
    const content = wordsOf((objectIn(event, 'llm_message', place) ?? event)['content']);
    const isAgent = event['source'] === 'agent';
    this.#tell(event, place, isAgent ? modelSaid(content, [], null) : said('user', content));
  }

  #tell(event: JsonObject, place: string, body: StepBody): void {
    const source = textIn(event, 'source', place) ?? 'agent';
    const agent = body.kind === 'message' ? source : 'agent';
    const at = { run: '', id: null, parent: null, agent, startMs: moment(event, place), endMs: null, place };
    this.#sink.step(stepAt(at, body));
  }
}

/** The server's events of before, in the words of the SDK. */
function renewed(event: JsonObject): JsonObject {
  if (event['kind'] !== undefined) return event;
  const { action, observation, args, tool_call_metadata: metadata } = event;
  const callId = isJsonObject(metadata) ? { tool_call_id: metadata['tool_call_id'] ?? null } : {};
  const id = plainText(event['id'] ?? null);
  if (action === 'message' || action === 'system')
    return { ...event, kind: 'MessageEvent', content: (isJsonObject(args) ? args['content'] : null) ?? null };
  if (typeof action === 'string' && event['source'] === 'agent' && action !== 'change_agent_state') {
    const { thought = null, ...rest } = isJsonObject(args) ? args : {};
    return { ...event, id, kind: 'ActionEvent', action: rest, thought, tool_name: action, ...callId };
  }
  if (typeof observation === 'string' && event['cause'] !== undefined)
    return {
      ...event,
      kind: 'ObservationEvent',
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

function modelSaid(text: string, toolCalls: OpenAnswer['calls'], reasoning: string | null): StepBody {
  const answer = { text, toolCalls, finishReason: null, refusal: null, reasoning };
  return { kind: 'model', model: null, input: null, offers: [], said: answer, usage: null, error: null };
}
