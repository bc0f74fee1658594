// LangGraph: what a graph streams: chunks of messages, merged by their ids, updates and states, or events of its runs.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { graphNode, graphSpeaker } from '../dialect/graph-node.ts';
import { areLangchain, unwrappedMessage } from '../dialect/langchain.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { Conversation } from '../logs/conversation.ts';
import { MessageChunks } from '../logs/message-chunks.ts';
import { asList, asObject, below, firstText, recordsIn } from '../reading.ts';
import { broken } from '../source/broken.ts';
import { stepAt } from '../step-at.ts';
import { isRunEvent, tellRunEvent } from './langgraph-events.ts';

export const langgraphStream: TraceFormat = {
  name: 'langgraph-stream',
  title: 'LangGraph streams: [namespace, [chunk, metadata]], [mode, data], {event, data}, events of runs',
  shapes: ['document', 'records'],
  detects: (sample) => {
    const parts = recordsIn(sample).map(partOf);
    return (
      parts.every((part) => part !== null) && parts.some((part) => part !== null && !asides.has(part.mode))
    );
  },
  open: (sink) => new StreamReader(sink),
};

interface StreamPart {
  readonly mode: string;
  readonly data: Json;
  /** JSON pointer of the data within the record. */
  readonly at: string;
}

const modes: ReadonlySet<unknown> = new Set([
  'messages',
  'updates',
  'values',
  'custom',
  'debug',
  'tasks',
  'checkpoints',
  'messages/partial',
  'messages/complete',
  'messages/metadata',
  'metadata',
  'error',
  'end',
]);

/** Parts that streams of anybody could have. */
const asides: ReadonlySet<string> = new Set(['custom', 'metadata', 'error', 'end']);

/** One part of a stream; null for what is none. */
function partOf(value: Json): StreamPart | null {
  if (isJsonObject(value))
    return isRunEvent(value) ? { mode: 'run', data: value, at: '' } : partOfObject(value);
  if (!Array.isArray(value)) return null;
  const [first, second, third] = value as readonly Json[];
  if (typeof first === 'string' && modes.has(first) && second !== undefined)
    return { mode: first, data: second, at: '/1' };
  if (isChunkPair(value as readonly Json[])) return { mode: 'messages', data: value, at: '' };
  if (!Array.isArray(first) || !(first as readonly Json[]).every((one) => typeof one === 'string'))
    return null;
  if (typeof second === 'string' && third !== undefined)
    return modes.has(second) ? { mode: second, data: third, at: '/2' } : null;
  if (Array.isArray(second) && isChunkPair(second as readonly Json[]))
    return { mode: 'messages', data: second, at: '/1' };
  return isJsonObject(second) && value.length === 2 ? { mode: 'updates', data: second, at: '/1' } : null;
}

/** As a server sends it; or an update by itself. */
function partOfObject(value: JsonObject): StreamPart | null {
  const { event, data = null } = value;
  const mode = typeof event === 'string' ? event.split('|')[0] : undefined;
  if (mode !== undefined) return modes.has(mode) ? { mode, data, at: '/data' } : null;
  return isUpdate(value) ? { mode: 'updates', data: value, at: '' } : null;
}

function isUpdate(value: JsonObject): boolean {
  const written = Object.values(value);
  return (
    written.length > 0 &&
    written.every(isJsonObject) &&
    written.some(({ messages }) => holdsMessages(messages))
  );
}

function holdsMessages(messages: Json | undefined): boolean {
  if (!Array.isArray(messages) || messages.length === 0) return false;
  const list = (messages as readonly Json[]).filter(isJsonObject);
  return (
    list.length === messages.length && (areLangchain(list) || list.every((one) => 'tool_call_id' in one))
  );
}

function isChunkPair([chunk, metadata, more]: readonly Json[]): boolean {
  if (!isJsonObject(chunk) || !isJsonObject(metadata) || more !== undefined) return false;
  return 'langgraph_node' in metadata || 'langgraph_step' in metadata;
}

interface Partial {
  readonly message: JsonObject;
  readonly place: string;
}

class StreamReader implements FormatReader {
  readonly #sink: StepSink;
  readonly #chunks: MessageChunks;
  readonly #conversation: Conversation;
  readonly #told = new Set<string>();
  /** A message without an id was told: whether a state holds it again cannot be known. */
  #idless = false;
  /** What a server sent of a message so far; the next part holds it again, and more. */
  readonly #partials = new Map<string, Partial>();
  readonly #nodes = new Map<string, string>();

  constructor(sink: StepSink) {
    this.#sink = sink;
    const conversation = new Conversation({ run: '', agent: null, offers: [], sink });
    this.#conversation = conversation;
    this.#chunks = new MessageChunks((message, { agent, place }) =>
      conversation.take(message, place, { agent: graphNode(agent) }),
    );
  }

  read(value: Json, place: string): void {
    const part = partOf(value);
    if (part === null && Array.isArray(value) && (value.length === 0 || typeof value[0] === 'object')) {
      (value as readonly Json[]).forEach((one, index) => this.#part(one, below(place, index)));
      return;
    }
    this.#part(value, place);
  }

  end(): void {
    this.#flush(null);
    this.#conversation.end();
  }

  #part(value: Json, place: string): void {
    const part = partOf(value);
    if (part === null) throw broken(place, 'a part of a stream must stand here', value);
    const at = part.at.split('/').slice(1).reduce(below, place);
    switch (part.mode) {
      case 'run':
        return tellRunEvent(asObject(part.data, at), at, this.#sink);
      case 'messages':
        return this.#chunk(part.data, at);
      case 'messages/metadata':
        return this.#metadata(asObject(part.data, at));
      case 'messages/partial':
      case 'messages/complete':
        return this.#whole(part.mode, asList(part.data, at), at);
      case 'updates':
        return this.#update(part.data, at);
      case 'values':
        return this.#values(part.data, at);
      default:
        this.#sink.skip(`${part.mode} part`, 'messages and updates tell the steps');
    }
  }

  #chunk(data: Json, place: string): void {
    const [chunk, metadata] = asList(data, place);
    const message = unwrappedMessage(asObject(chunk, below(place, 0)));
    const node = isJsonObject(metadata) ? firstText(metadata, ['langgraph_node']) : null;
    this.#note(message);
    this.#chunks.take(message, { agent: graphSpeaker(message) ?? node, place: below(place, 0) });
  }

  #metadata(data: JsonObject): void {
    for (const [id, one] of Object.entries(data)) {
      const metadata = isJsonObject(one) && isJsonObject(one['metadata']) ? one['metadata'] : {};
      const node = firstText(metadata, ['langgraph_node']);
      if (node !== null) this.#nodes.set(id, node);
    }
  }

  #whole(mode: string, messages: readonly Json[], place: string): void {
    messages.forEach((one, index) => {
      const message = unwrappedMessage(asObject(one, below(place, index)));
      const id = firstText(message, ['id']);
      this.#flush(id);
      if (mode === 'messages/partial' && id !== null)
        this.#partials.set(id, { message, place: below(place, index) });
      else this.#tell(message, below(place, index), null);
    });
  }

  /** What a node wrote; messages that were streamed are told already. */
  #update(data: Json, place: string): void {
    for (const [node, written] of Object.entries(asObject(data, place))) {
      if (node === '__interrupt__') this.#interrupt(below(place, node));
      const at = below(below(place, node), 'messages');
      const list = isJsonObject(written) ? (written['messages'] ?? []) : [];
      const messages = Array.isArray(list) ? (list as readonly Json[]) : [list];
      messages.forEach((message, index) =>
        this.#tell(message, Array.isArray(list) ? below(at, index) : at, graphNode(node)),
      );
    }
  }

  #interrupt(place: string): void {
    this.#flush(null);
    const at = { run: '', id: null, parent: null, agent: null, startMs: null, endMs: null, place };
    this.#sink.step(stepAt(at, { kind: 'approval', name: 'interrupt', decision: null }));
  }

  /** A state holds all messages so far. */
  #values(data: Json, place: string): void {
    const messages = isJsonObject(data) ? data['messages'] : null;
    const at = below(place, 'messages');
    let told = 0;
    if (Array.isArray(messages))
      for (const [index, message] of (messages as readonly Json[]).entries()) {
        const id = isJsonObject(message) ? firstText(unwrappedMessage(message), ['id']) : null;
        if (id === null ? this.#idless : this.#told.has(id)) continue;
        told += 1;
        this.#tell(message, below(at, index), null);
      }
    if (told === 0) this.#sink.skip('values part', 'messages and updates tell the steps');
  }

  #tell(value: Json, place: string, node: string | null): void {
    const message = isJsonObject(value) ? unwrappedMessage(value) : value;
    const id = isJsonObject(message) ? firstText(message, ['id']) : null;
    if (id !== null && this.#told.has(id)) return;
    if (isJsonObject(message)) this.#note(message);
    this.#flush(id);
    const agent = graphSpeaker(message) ?? node ?? graphNode(this.#nodes.get(id ?? '') ?? null);
    this.#conversation.take(message, place, { agent });
  }

  #note(message: JsonObject): void {
    const id = firstText(message, ['id']);
    if (id === null) this.#idless = true;
    else this.#told.add(id);
  }

  /** What was streamed is over once another message begins. */
  #flush(id: string | null): void {
    this.#chunks.end();
    for (const [key, { message, place }] of this.#partials) {
      if (key === id) continue;
      this.#partials.delete(key);
      this.#tell(message, place, null);
    }
  }
}
