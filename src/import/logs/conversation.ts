// A conversation: the messages of one model's log, in any provider's dialect, told as steps.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Message, ToolOffer } from '../../team/ask.ts';
import { unwrappedMessage } from '../dialect/langchain.ts';
import { isKnownRole, messagesOf, saidOf } from '../dialect/messages.ts';
import { momentMs } from '../dialect/moment.ts';
import { piecesOf, plainText } from '../dialect/pieces.ts';
import { unpacked } from '../dialect/unpacked.ts';
import { usageOf } from '../dialect/usage-of.ts';
import type { StepSink } from '../format.ts';
import { asObject, below, firstText } from '../reading.ts';
import { broken } from '../source/broken.ts';
import type { StepBody } from '../step.ts';
import { stepAt } from '../step-at.ts';
import { isCompletion, isItem, isResponse } from './items.ts';

export interface ConversationParts {
  readonly run: string;
  /** Whose model speaks where a message does not tell; null: nobody is known. */
  readonly agent: string | null;
  readonly offers: readonly ToolOffer[];
  readonly sink: StepSink;
}

/** What a record around a message tells of it. */
export interface Told {
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly agent: string | null;
  readonly model: string | null;
}

interface At {
  readonly place: string;
  readonly told: Told;
}

const untold: Told = { startMs: null, endMs: null, agent: null, model: null };

/** What a model was shown is kept up to here: a log can be longer than memory. */
const shownMax = 1000;

/**
 * Invariants: an answer is told before its tools run; items of one response (Responses API) make one answer; a message
 * of the model that the file holds no words of is still a model call.
 */
export class Conversation {
  readonly #parts: ConversationParts;
  readonly #shown: Message[] = [];
  readonly #toolNames = new Map<string, string>();
  #items: JsonObject[] = [];
  #itemsAt: At = { place: '', told: untold };

  constructor(parts: ConversationParts) {
    this.#parts = parts;
  }

  /** Throws IMPORT_BROKEN for what is no message. */
  take(value: Json, place: string, told: Partial<Told> = {}): void {
    const message = asMessage(value, place);
    const ownMs = told.startMs === undefined ? momentOf(message) : null;
    const { startMs = ownMs, endMs = ownMs, agent = null, model = null } = told;
    const at = { place, told: { startMs, endMs, agent, model } };
    if (isResponse(message)) {
      this.#closeItems();
      this.#answer(message, (message['output'] as readonly Json[]).filter(isJsonObject), at);
      return;
    }
    const shown = isOfModel(message) ? null : (messagesOf([message]) ?? []);
    const isAnswer = shown === null || shown[0]?.role === 'assistant';
    if (isAnswer && isItem(message)) {
      if (this.#items.length === 0) this.#itemsAt = at;
      this.#items.push(message);
      return;
    }
    this.#closeItems();
    if (isAnswer) this.#answer(message, [message], at);
    else this.#shownToModel(shown, message, at);
  }

  /** The answer whose items came last is over, and this is what it cost. */
  bill(usage: Json): void {
    const [first, ...more] = this.#items;
    if (first !== undefined) this.#items = [{ ...first, usage }, ...more];
    this.#closeItems();
  }

  /** A call to the model that brought no answer. */
  fail(error: string, place: string, told: Partial<Told>): void {
    this.#closeItems();
    const { startMs = null, endMs = null, agent = null, model = null } = told;
    this.#tell({ place, told: { startMs, endMs, agent, model } }, agent, {
      kind: 'model',
      model,
      input: this.#asks && this.#shown.length <= shownMax ? [...this.#shown] : null,
      offers: this.#parts.offers,
      said: null,
      usage: null,
      error,
    });
  }

  end(): void {
    this.#closeItems();
  }

  #closeItems(): void {
    const [first] = this.#items;
    if (first === undefined) return;
    const items = this.#items;
    this.#items = [];
    this.#answer(first, items, this.#itemsAt);
  }

  #answer(message: JsonObject, pieces: readonly JsonObject[], { place, told }: At): void {
    const [only, ...more] = pieces;
    const said = only === undefined ? null : saidOf(more.length === 0 ? only : pieces);
    for (const call of said?.toolCalls ?? []) this.#toolNames.set(call.id, call.name);
    this.#tell({ place, told }, told.agent ?? speakerOf(message), {
      kind: 'model',
      model: told.model ?? firstText(message, ['model']),
      input: this.#asks && this.#shown.length <= shownMax ? [...this.#shown] : null,
      offers: this.#parts.offers,
      said,
      usage: usageOf(message) ?? usageOf(loggedIn(message)),
      error: null,
    });
    this.#show({
      role: 'assistant',
      content: said?.text ?? '',
      toolCalls: said?.toolCalls ?? [],
    });
  }

  #shownToModel(shown: readonly Message[], message: JsonObject, at: At): void {
    for (const one of shown) {
      if (one.role === 'tool') this.#result({ ...one, name: this.#toolName(one) }, message, at);
      else if (one.role !== 'assistant') {
        this.#show(one);
        this.#said(one, at, firstText(message, ['role']) ?? one.role);
      }
    }
  }

  /** A role that a program made up is none of a person. */
  #said({ role, content }: Message, at: At, named: string): void {
    if (content === '') return;
    const told = role === 'system' ? 'system' : 'user';
    const [agent, by] = isKnownRole(named)
      ? ([role, told] as const)
      : (['environment', 'environment'] as const);
    this.#tell(at, agent, { kind: 'message', role: by, to: null, content });
  }

  #result(result: Extract<Message, { role: 'tool' }>, message: JsonObject, at: At): void {
    this.#show(result);
    const failed = hasFailed(message, result.callId);
    this.#tell(at, at.told.agent, {
      kind: 'tool',
      tool: result.name,
      callId: result.callId === '' ? null : result.callId,
      arguments: {},
      result: failed ? null : unpacked(result.content),
      error: failed ? result.content : null,
    });
  }

  #toolName({ name, callId }: { readonly name: string; readonly callId: string }): string {
    return this.#toolNames.get(callId) ?? (name === '' ? 'tool' : name);
  }

  /** What was shown is kept for those alone who ask for it. */
  #show(message: Message): void {
    if (this.#asks && this.#shown.length <= shownMax) this.#shown.push(message);
  }

  get #asks(): boolean {
    return this.#parts.sink.keeps === 'asks';
  }

  #tell({ place, told }: At, agent: string | null, body: StepBody): void {
    const { run, agent: usual, sink } = this.#parts;
    const { startMs, endMs } = told;
    sink.step(stepAt({ run, id: null, parent: null, agent: agent ?? usual, startMs, endMs, place }, body));
  }
}

/** Throws IMPORT_BROKEN where a field that every dialect has is of the wrong type. */
export function asMessage(value: Json, place: string): JsonObject {
  const record = asObject(value, place);
  const message = typeof record['role'] === 'string' ? record : unwrappedMessage(record);
  if (isResponse(message)) return message;
  if (isCompletion(message)) return { role: 'assistant', ...message };
  const named = message['role'] ?? message['type'] ?? null;
  if (typeof named !== 'string')
    throw broken(below(place, 'role'), 'the role of a message must stand here', named);
  const content = message['content'] ?? null;
  if (typeof content === 'number' || typeof content === 'boolean')
    throw broken(below(place, 'content'), 'a text or a list of parts must stand here', content);
  const calls = message['tool_calls'] ?? null;
  if (calls !== null && !Array.isArray(calls))
    throw broken(below(place, 'tool_calls'), 'a list must stand here', calls);
  return message;
}

/** Programs that keep messages put moments beside them; a text that is none is theirs alone. */
function momentOf(message: JsonObject): number | null {
  const { timestamp, created_at: createdAt, created, extra } = message;
  const beside = isJsonObject(extra) ? extra['timestamp'] : undefined;
  return momentMs(timestamp ?? createdAt ?? message['createdAt'] ?? created ?? beside);
}

/** The response itself, where a program keeps it beside the message. */
function loggedIn({ extra }: JsonObject): Json {
  return isJsonObject(extra) ? (extra['response'] ?? null) : null;
}

/** By its role alone; items of the Responses API have one by their type, so those are read first. */
function isOfModel(message: JsonObject): boolean {
  return ['assistant', 'model', 'ai'].includes(firstText(message, ['role']) ?? '');
}

/** Frameworks that keep several agents in one conversation say whose message it is. */
function speakerOf(message: JsonObject): string | null {
  return firstText(message, ['sender', 'name', 'agent']);
}

function hasFailed(message: JsonObject, callId: string): boolean {
  if (message['status'] === 'error' || message['is_error'] === true) return true;
  const { content } = message;
  if (!Array.isArray(content)) return false;
  return (content as readonly Json[]).some(
    (part) =>
      isJsonObject(part) &&
      part['is_error'] === true &&
      piecesOf(part).some((piece) => piece.kind === 'result' && piece.callId === callId),
  );
}

/** The words of a content, whatever it is made of. */
export function wordsOf(content: Json | undefined): string {
  return plainText(unpacked(content));
}
