// LangGraph: the history of a thread's states, the newest first: snapshots, and what checkpointers keep.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { graphNode, graphSpeaker } from '../dialect/graph-node.ts';
import { unwrappedMessage } from '../dialect/langchain.ts';
import { momentMs } from '../dialect/moment.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { Conversation } from '../logs/conversation.ts';
import { below, eachRecord, firstNumber, firstText, listIn, objectIn } from '../reading.ts';
import { broken } from '../source/broken.ts';

export const langgraphSnapshots: TraceFormat = {
  name: 'langgraph-snapshots',
  title: 'LangGraph state history: snapshots {values, next, config, metadata}',
  shapes: ['document', 'records'],
  detects: ({ values }) => values.length > 0 && values.every(holdsSnapshots),
  open: (sink) => new SnapshotReader(sink),
};

function holdsSnapshots(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && (value as readonly Json[]).every(holdsSnapshots);
  if (!isJsonObject(value) || !isJsonObject(value['metadata'])) return false;
  const { values, checkpoint } = value;
  const isKept = isJsonObject(checkpoint) && isJsonObject(checkpoint['channel_values']);
  return isKept || ('next' in value && (values === null || isJsonObject(values)));
}

/** What a checkpointer keeps, as the snapshot that is made of it; before the first step a thread has no values. */
function renewed(record: JsonObject): JsonObject {
  const { checkpoint, values } = record;
  if (isJsonObject(checkpoint) && isJsonObject(checkpoint['channel_values']))
    return { ...record, values: checkpoint['channel_values'], created_at: checkpoint['ts'] ?? null };
  return values === null ? { ...record, values: {} } : record;
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
    eachRecord(value, place, (record, at) => this.#record(renewed(record), at));
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
      const own = isJsonObject(message) ? firstText(unwrappedMessage(message), ['id']) : null;
      const key = own ?? `#${index}`;
      if (thread.told.has(key)) return;
      thread.told.add(key);
      thread.conversation.take(message, below(at, index), {
        startMs,
        endMs: startMs,
        agent: graphSpeaker(message) ?? graphNode(agent),
      });
    });
  }
}

function threadOf(record: JsonObject, place: string): string {
  const config = objectIn(record, 'config', place) ?? {};
  const configurable = isJsonObject(config['configurable']) ? config['configurable'] : {};
  const own = firstText(configurable, ['thread_id']);
  const kept = [record['checkpoint'], record['metadata']].filter(isJsonObject);
  return own ?? kept.map((one) => firstText(one, ['thread_id'])).find((id) => id !== null) ?? '';
}

/** The node that wrote this step. */
function writerOf(record: JsonObject, place: string): string | null {
  const writes = objectIn(record, 'metadata', place)?.['writes'] ?? null;
  return isJsonObject(writes) ? (Object.keys(writes)[0] ?? null) : null;
}
