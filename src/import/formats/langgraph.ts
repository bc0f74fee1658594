// LangGraph: state snapshots (the newest first), and stream events with chunks of messages, merged by their ids.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { graphNode } from '../dialect/graph-node.ts';
import { momentMs } from '../dialect/moment.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { Conversation } from '../logs/conversation.ts';
import { MessageChunks } from '../logs/message-chunks.ts';
import { asList, asObject, below, eachRecord, firstNumber, firstText, listIn, objectIn } from '../reading.ts';
import { broken } from '../source/broken.ts';

export const langgraphSnapshots: TraceFormat = {
  name: 'langgraph-snapshots',
  title: 'LangGraph state history: snapshots {values, next, config, metadata}',
  shapes: ['document', 'records'],
  detects: ({ values }) => values.length > 0 && values.every(holdsSnapshots),
  open: (sink) => new SnapshotReader(sink),
};

export const langgraphStream: TraceFormat = {
  name: 'langgraph-stream',
  title: 'LangGraph streams: [namespace, [chunk, metadata]], [mode, data], {event, data}',
  shapes: ['document', 'records'],
  detects: ({ values, shape }) => {
    const [first] = values;
    const parts = shape === 'document' && Array.isArray(first) ? (first as readonly Json[]) : values;
    return parts.length > 0 && parts.every((part) => partOf(part) !== null);
  },
  open: (sink) => new StreamReader(sink),
};

function holdsSnapshots(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && (value as readonly Json[]).every(holdsSnapshots);
  return (
    isJsonObject(value) && isJsonObject(value['values']) && isJsonObject(value['metadata']) && 'next' in value
  );
}

interface Snapshot {
  readonly step: number;
  readonly record: JsonObject;
  readonly place: string;
}

/** Snapshots hold all messages so far: each tells those that the one before it, by its step, did not hold. */
class SnapshotReader implements FormatReader {
  readonly #sink: StepSink;
  readonly #snapshots: Snapshot[] = [];

  constructor(sink: StepSink) {
    this.#sink = sink;
  }

  read(value: Json, place: string): void {
    eachRecord(value, place, (record, at) => this.#record(record, at));
  }

  #record(record: JsonObject, place: string): void {
    const metadata = objectIn(record, 'metadata', place) ?? {};
    const step = firstNumber(metadata, ['step']);
    if (step === null)
      throw broken(below(below(place, 'metadata'), 'step'), 'the number of the step is missing');
    if (objectIn(record, 'values', place) === null)
      throw broken(below(place, 'values'), 'an object must stand here');
    this.#snapshots.push({ step, record, place });
  }

  end(): void {
    const snapshots = this.#snapshots.sort((one, other) => one.step - other.step);
    const threads = new Map<
      string,
      { readonly told: Set<string>; readonly conversation: Conversation; next: string | null }
    >();
    for (const { record, place } of snapshots) {
      const run = threadOf(record, place);
      const thread = threads.get(run) ?? {
        told: new Set<string>(),
        conversation: new Conversation({
          run: this.#hasThreads() ? run : '',
          agent: null,
          offers: [],
          sink: this.#sink,
        }),
        next: null,
      };
      threads.set(run, thread);
      this.#tell({ record, place }, thread);
      const next = listIn(record, 'next', place)[0] ?? null;
      thread.next = typeof next === 'string' ? next : null;
    }
    for (const { conversation } of threads.values()) conversation.end();
  }

  #hasThreads(): boolean {
    const [first] = this.#snapshots;
    return (
      first !== undefined &&
      this.#snapshots.some((one) => threadOf(one.record, '') !== threadOf(first.record, ''))
    );
  }

  #tell(
    { record, place }: { readonly record: JsonObject; readonly place: string },
    thread: { readonly told: Set<string>; readonly conversation: Conversation; readonly next: string | null },
  ): void {
    const values = record['values'] as JsonObject;
    const at = below(below(place, 'values'), 'messages');
    const startMs = momentMs(record['created_at']);
    const agent = writerOf(record, place) ?? thread.next;
    listIn(values, 'messages', below(place, 'values')).forEach((message, index) => {
      const own = isJsonObject(message) ? firstText(message, ['id']) : null;
      const key = own ?? `#${index}`;
      if (thread.told.has(key)) return;
      thread.told.add(key);
      thread.conversation.take(message, below(at, index), {
        startMs,
        endMs: startMs,
        agent: speakerIn(message) ?? graphNode(agent),
      });
    });
  }
}

function threadOf(record: JsonObject, place: string): string {
  const config = objectIn(record, 'config', place) ?? {};
  const configurable = isJsonObject(config['configurable']) ? config['configurable'] : {};
  return firstText(configurable, ['thread_id']) ?? '';
}

/** The node that wrote this step. */
function writerOf(record: JsonObject, place: string): string | null {
  const writes = objectIn(record, 'metadata', place)?.['writes'] ?? null;
  return isJsonObject(writes) ? (Object.keys(writes)[0] ?? null) : null;
}

/** Frameworks on top of the graph name the agent in its messages; a tool's message is named as the tool. */
function speakerIn(message: Json): string | null {
  if (!isJsonObject(message)) return null;
  const isTool = 'tool_call_id' in message || /^tool/i.test(firstText(message, ['type', 'role']) ?? '');
  return isTool ? null : firstText(message, ['name']);
}

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
  'metadata',
]);

/** One part of a stream; null for what is none. */
function partOf(value: Json): StreamPart | null {
  if (isJsonObject(value)) {
    const { event, data } = value;
    const mode = typeof event === 'string' ? event.split('|')[0] : undefined;
    return mode !== undefined && modes.has(mode) && data !== undefined ? { mode, data, at: '/data' } : null;
  }
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

function isChunkPair([chunk, metadata, more]: readonly Json[]): boolean {
  if (!isJsonObject(chunk) || !isJsonObject(metadata) || more !== undefined) return false;
  return 'langgraph_node' in metadata || 'langgraph_step' in metadata;
}

class StreamReader implements FormatReader {
  readonly #sink: StepSink;
  readonly #chunks: MessageChunks;
  readonly #updates: Conversation;
  readonly #told = new Set<string>();

  constructor(sink: StepSink) {
    this.#sink = sink;
    const conversation = new Conversation({ run: '', agent: null, offers: [], sink });
    this.#updates = conversation;
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
    this.#chunks.end();
    this.#updates.end();
  }

  #part(value: Json, place: string): void {
    const part = partOf(value);
    if (part === null) throw broken(place, 'a part of a stream must stand here', value);
    const at = part.at.split('/').slice(1).reduce(below, place);
    if (part.mode.startsWith('messages')) this.#messages(part.data, at);
    else if (part.mode === 'updates') this.#update(part.data, at);
    else this.#sink.skip(`${part.mode} part`, 'messages and updates tell the steps');
  }

  #messages(data: Json, place: string): void {
    const [chunk, metadata] = asList(data, place);
    const message = asObject(chunk, below(place, 0));
    const node = isJsonObject(metadata) ? firstText(metadata, ['langgraph_node']) : null;
    const id = firstText(message, ['id']);
    if (id !== null) this.#told.add(id);
    this.#chunks.take(message, { agent: speakerIn(message) ?? node, place: below(place, 0) });
  }

  /** What a node wrote; messages that were streamed are told already. */
  #update(data: Json, place: string): void {
    for (const [node, written] of Object.entries(asObject(data, place))) {
      const at = below(below(place, node), 'messages');
      const list = isJsonObject(written) ? (written['messages'] ?? []) : [];
      const messages = Array.isArray(list) ? (list as readonly Json[]) : [list];
      messages.forEach((message, index) => {
        const id = isJsonObject(message) ? firstText(message, ['id']) : null;
        if (id !== null && this.#told.has(id)) return;
        if (id !== null) this.#told.add(id);
        this.#chunks.end();
        this.#updates.take(message, Array.isArray(list) ? below(at, index) : at, {
          agent: speakerIn(message) ?? graphNode(node),
        });
      });
    }
  }
}
