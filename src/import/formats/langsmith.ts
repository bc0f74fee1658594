// LangSmith: runs as its API exports them, or as batches of posts and patches that belong together by id.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { messagesOf, saidOf } from '../dialect/messages.ts';
import { graphNode } from '../dialect/graph-node.ts';
import { momentMs } from '../dialect/moment.ts';
import { offersOf } from '../dialect/offers.ts';
import { plainText, toolArguments } from '../dialect/pieces.ts';
import { toolMessageIn } from '../dialect/tool-message.ts';
import { unpacked } from '../dialect/unpacked.ts';
import { usageOf } from '../dialect/usage-of.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { below, eachRecord, firstText, listIn, neededText, objectIn, textIn } from '../reading.ts';
import { broken } from '../source/broken.ts';
import type { Step, StepBody, StepPlace } from '../step.ts';
import { stepAt } from '../step-at.ts';

export const langsmith: TraceFormat = {
  name: 'langsmith',
  title: 'LangSmith runs: {post, patch} batches, a list of runs, or runs one a line',
  shapes: ['document', 'records'],
  detects: ({ values }) => values.length > 0 && values.every(holdsRuns),
  open: (sink) => new LangsmithReader(sink),
};

const batchKeys = ['post', 'patch'] as const;
const listKeys = [...batchKeys, 'runs', 'child_runs'] as const;

function holdsRuns(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && (value as readonly Json[]).every(holdsRuns);
  if (!isJsonObject(value)) return false;
  if (isRun(value)) return true;
  const lists = [...batchKeys, 'runs'].filter((key) => Array.isArray(value[key]));
  return lists.length > 0 && lists.every((key) => (value[key] as readonly Json[]).every(isRun));
}

function isRun(value: Json): boolean {
  return isJsonObject(value) && 'id' in value && ('run_type' in value || 'dotted_order' in value);
}

interface Run {
  readonly record: JsonObject;
  readonly place: string;
  readonly startMs: number | null;
  readonly endMs: number | null;
}

/**
 * A patch can come long after its post, so runs are told once the file is over; where nothing is kept, once they have
 * ended.
 */
class LangsmithReader implements FormatReader {
  readonly #sink: StepSink;
  readonly #runs = new Map<string, Run>();

  constructor(sink: StepSink) {
    this.#sink = sink;
  }

  read(value: Json, place: string): void {
    eachRecord(value, place, (record, at) => this.#record(record, at));
  }

  #record(record: JsonObject, place: string): void {
    if (record['id'] !== undefined) this.#merge(record, place);
    for (const key of listKeys)
      listIn(record, key, place).forEach((one, index) => this.read(one, below(below(place, key), index)));
    if (!('id' in record) && !listKeys.some((key) => key in record))
      throw broken(place, 'a run must stand here');
  }

  end(): void {
    for (const run of this.#runs.values()) this.#tell(run);
    this.#runs.clear();
  }

  /** What a patch leaves empty was told by the post. */
  #merge(record: JsonObject, place: string): void {
    const id = neededText(record, 'id', place);
    const startMs = moment(record, 'start_time', place);
    const endMs = moment(record, 'end_time', place);
    const known = this.#runs.get(id);
    this.#runs.set(id, {
      record: merged(known?.record, this.#sink.keeps === 'events' ? withoutAsk(record) : record),
      place: known?.place ?? place,
      startMs: startMs ?? known?.startMs ?? null,
      endMs: endMs ?? known?.endMs ?? null,
    });
    if (this.#sink.keeps === 'nothing') this.#tellEnded(id);
  }

  #tellEnded(id: string): void {
    const run = this.#runs.get(id);
    if (run === undefined || run.endMs === null) return;
    this.#runs.delete(id);
    this.#tell(run);
  }

  #tell(ended: Run): void {
    const { record, place } = ended;
    const step = stepOf(ended, this.#sink.keeps);
    if (step.kind === 'agent' && step.agent === null)
      this.#sink.skip(
        `${textIn(record, 'run_type', place) ?? 'chain'} run`,
        'it holds other runs together, and is no step itself',
      );
    this.#sink.step(step);
  }
}

/** A run that is told at once, and leaves nothing empty, is taken as it is. */
function merged(known: JsonObject | undefined, record: JsonObject): JsonObject {
  if (known === undefined && !Object.values(record).some(isEmpty)) return record;
  const told: Record<string, Json> = { ...known };
  for (const [key, value] of Object.entries(record)) if (!isEmpty(value)) told[key] = value;
  return told;
}

/** What a model was asked is the most of a file: it need not wait in memory for a patch. */
function withoutAsk(record: JsonObject): JsonObject {
  const { run_type: type, inputs } = record;
  if (type !== 'llm' || !isJsonObject(inputs) || isEmpty(inputs)) return record;
  return { ...record, inputs: { model: inputs['model'] ?? null } };
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (isJsonObject(value) && Object.keys(value).length === 0);
}

function stepOf(run: Run, keeps: StepSink['keeps']): Step {
  return stepAt(placeOf(run), bodyOf(run, keeps));
}

function bodyOf({ record, place }: Run, keeps: StepSink['keeps']): StepBody {
  const inputs = objectIn(record, 'inputs', place) ?? {};
  const outputs = record['outputs'] ?? null;
  const error = textIn(record, 'error', place);
  const type = textIn(record, 'run_type', place);
  if (type === 'tool') {
    const message = toolMessageIn(outputs);
    const failed = message?.failed === true;
    return {
      kind: 'tool',
      tool: textIn(record, 'name', place) ?? 'tool',
      callId: firstText(inputs, ['tool_call_id', 'id']) ?? message?.callId ?? null,
      arguments: argumentsOf(inputs),
      result: failed ? null : message === null ? resultOf(outputs) : message.content,
      error: error ?? (failed ? plainText(message.content) : null),
    };
  }
  if (type !== 'llm') return { kind: 'agent' };
  const extra = objectIn(record, 'extra', place) ?? {};
  return {
    kind: 'model',
    model: modelOf(record, inputs, extra),
    input: keeps === 'asks' ? messagesOf(inputs) : null,
    offers: keeps === 'asks' ? offersIn(inputs, asParameters(extra)) : [],
    said: saidOf(outputs),
    usage: usageOf(outputs) ?? usageOf(record) ?? usageInMessage(outputs),
    error,
  };
}

function offersIn(inputs: JsonObject, parameters: JsonObject): ReturnType<typeof offersOf> {
  return offersOf(inputs['tools'] ?? parameters['tools'] ?? parameters['functions']);
}

function placeOf({ record, place, startMs, endMs }: Run): StepPlace {
  return {
    run: textIn(record, 'trace_id', place) ?? '',
    id: neededText(record, 'id', place),
    parent: textIn(record, 'parent_run_id', place) ?? parentIn(textIn(record, 'dotted_order', place)),
    agent: agentOf(record, place),
    startMs,
    endMs,
    place,
  };
}

/** `20241011T205820695375Z<id>.20241011T205821000000Z<id>`: the last but one is the parent. */
function parentIn(order: string | null): string | null {
  const parent = order?.split('.').at(-2);
  return parent === undefined ? null : parent.slice(parent.indexOf('Z') + 1);
}

function moment(record: JsonObject, key: string, place: string): number | null {
  const value = record[key] ?? null;
  const ms = momentMs(value);
  if (value !== null && ms === null) throw broken(below(place, key), 'a moment must stand here', value);
  return ms;
}

/** The node of the graph, or what its author named the agent. */
function agentOf(record: JsonObject, place: string): string | null {
  const metadata = objectIn(objectIn(record, 'extra', place) ?? {}, 'metadata', below(place, 'extra')) ?? {};
  return (
    firstText(metadata, ['agent_name', 'lc_agent_name']) ?? graphNode(firstText(metadata, ['langgraph_node']))
  );
}

function asParameters(extra: JsonObject): JsonObject {
  const parameters = extra['invocation_params'] ?? null;
  return isJsonObject(parameters) ? parameters : {};
}

function modelOf(record: JsonObject, inputs: JsonObject, extra: JsonObject): string | null {
  const metadata = isJsonObject(extra['metadata']) ? extra['metadata'] : {};
  const parameters = asParameters(extra);
  return (
    firstText(metadata, ['ls_model_name']) ??
    firstText(parameters, ['model', 'model_name']) ??
    firstText(inputs, ['model']) ??
    firstText(record, ['name'])
  );
}

/** LangChain keeps the usage within the message that was generated. */
function usageInMessage(outputs: Json): ReturnType<typeof usageOf> {
  if (Array.isArray(outputs)) return usageInMessage((outputs as readonly Json[])[0] ?? null);
  if (!isJsonObject(outputs)) return null;
  const own = usageOf(outputs);
  if (own !== null) return own;
  const inner =
    outputs['generations'] ?? outputs['message'] ?? outputs['kwargs'] ?? outputs['output'] ?? null;
  return inner === null ? null : usageInMessage(inner);
}

function argumentsOf(inputs: JsonObject): JsonObject {
  const only = Object.keys(inputs).length === 1 ? unpacked(inputs['input'] ?? inputs['args']) : null;
  return only === null ? inputs : isJsonObject(only) ? toolArguments(only).arguments : inputs;
}

/** `{output: …}` stands for a result that is no object itself. */
function resultOf(outputs: Json): Json | null {
  if (!isJsonObject(outputs)) return outputs;
  return unpacked(Object.keys(outputs).length === 1 ? (outputs['output'] ?? outputs) : outputs);
}
