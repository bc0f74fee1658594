// Langfuse: a trace and its observations, as its pages and its API export them.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { graphNode } from '../dialect/graph-node.ts';
import { momentMs } from '../dialect/moment.ts';
import { plainText } from '../dialect/pieces.ts';
import { unpacked } from '../dialect/unpacked.ts';
import { usageIn, usageOf } from '../dialect/usage-of.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { asObject, below, eachRecord, firstText, listIn, neededText, textIn } from '../reading.ts';
import { broken } from '../source/broken.ts';
import { flatAttributes } from '../spans/attributes.ts';
import { spanKind } from '../spans/span-kind.ts';
import { agentNamed, tellSpan, type SpanKind } from '../spans/span-steps.ts';
import { toldBy } from '../spans/span-roles.ts';
import type { Span } from '../spans/span.ts';

export const langfuse: TraceFormat = {
  name: 'langfuse',
  title: 'Langfuse: {trace, observations}, a trace with its observations, or observations one a line',
  shapes: ['document', 'records'],
  detects: ({ values }) => values.length > 0 && values.every(holdsObservations),
  open: (sink) => new LangfuseReader(sink),
};

function holdsObservations(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && (value as readonly Json[]).every(holdsObservations);
  if (!isJsonObject(value)) return false;
  const list = value['observations'] ?? value['data'];
  if (Array.isArray(list))
    return list.length === 0 ? 'trace' in value : (list as readonly Json[]).every(isObservation);
  return isObservation(value);
}

function isObservation(value: Json): boolean {
  if (!isJsonObject(value) || !('type' in value)) return false;
  return isRow(value) || ('startTime' in value && ('traceId' in value || 'parentObservationId' in value));
}

/** Exports to blob storage call the same members in another way. */
function isRow(record: JsonObject): boolean {
  return 'start_time' in record && 'trace_id' in record && 'parent_observation_id' in record;
}

const snakeKeys = {
  trace_id: 'traceId',
  parent_observation_id: 'parentObservationId',
  start_time: 'startTime',
  end_time: 'endTime',
  status_message: 'statusMessage',
  usage_details: 'usageDetails',
  provided_model_name: 'model',
} as const;

function renewed(record: JsonObject): JsonObject {
  if (!isRow(record)) return record;
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      Object.hasOwn(snakeKeys, key) ? snakeKeys[key as keyof typeof snakeKeys] : key,
      value,
    ]),
  );
}

class LangfuseReader implements FormatReader {
  readonly #sink: StepSink;

  constructor(sink: StepSink) {
    this.#sink = sink;
  }

  read(value: Json, place: string): void {
    eachRecord(value, place, (record, at) => this.#record(record, at));
  }

  #record(record: JsonObject, place: string): void {
    const lists = ['observations', 'data'].filter((key) => record[key] !== undefined);
    if (lists.length === 0 && record['trace'] === undefined) this.#observation(record, place);
    for (const key of lists) this.#list(record, key, place);
    const { trace } = record;
    // Some exports hold the same observations within the trace as well: the assembler tells each id once.
    if (isJsonObject(trace) && trace['observations'] !== undefined)
      this.#list(trace, 'observations', below(place, 'trace'));
  }

  end(): void {
    // Each observation was told as it came.
  }

  #list(record: JsonObject, key: string, place: string): void {
    listIn(record, key, place).forEach((one, index) => {
      const at = below(below(place, key), index);
      this.#observation(asObject(one, at), at);
    });
  }

  #observation(observation: JsonObject, place: string): void {
    const record = renewed(observation);
    const span = spanOf(record, place);
    tellSpan(span, { run: span.trace, kind: kindOf(record, span, place) }, this.#sink);
  }
}

function spanOf(record: JsonObject, place: string): Span {
  const started = record['startTime'] ?? null;
  const startMs = momentMs(started);
  if (started !== null && startMs === null)
    throw broken(below(place, 'startTime'), 'a moment must stand here', started);
  const attributes = attributesOf(record);
  return {
    trace: textIn(record, 'traceId', place) ?? '',
    id: neededText(record, 'id', place),
    parent: textIn(record, 'parentObservationId', place),
    name: textIn(record, 'name', place) ?? '',
    startMs,
    endMs: momentMs(record['endTime']),
    attributes,
    told: toldBy(attributes),
    error: record['level'] === 'ERROR' ? (textIn(record, 'statusMessage', place) ?? 'error') : null,
    place,
  };
}

/** What the observation tells itself stands in for what its OpenTelemetry attributes, kept in the metadata, do not. */
function attributesOf(record: JsonObject): JsonObject {
  const metadata = unpacked(record['metadata']);
  const inner = isJsonObject(metadata) ? unpacked(metadata['attributes']) : null;
  const traced = isJsonObject(inner) ? flatAttributes(inner, '') : {};
  const usage =
    usageOf(record['usageDetails']) ?? usageOf(record['usage']) ?? usageOf(record) ?? summed(record);
  const input = unpacked(record['input']);
  const agent = crewAgent(input, unpacked(record['output']));
  const node = isJsonObject(metadata) ? graphNode(firstText(metadata, ['langgraph_node'])) : null;
  return {
    ...(agent === null ? {} : { 'gen_ai.agent.name': agent }),
    ...(node === null ? {} : { 'metadata.langgraph_node': node }),
    ...(record['model'] === undefined ? {} : { model: record['model'] }),
    ...(usage === null ? {} : { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens }),
    ...traced,
    'input.value': input ?? traced['input.value'] ?? null,
    'output.value': record['output'] ?? traced['output.value'] ?? null,
  };
}

/** Figures that the export adds up itself; it says zero where none were told. */
function summed(record: JsonObject): ReturnType<typeof usageOf> {
  const usage = usageIn(record, ['inputUsage'], ['outputUsage']);
  return usage !== null && usage.inputTokens + usage.outputTokens > 0 ? usage : null;
}

/** CrewAI tells its agent as the `repr` of an object within the input, and by name within the output. */
function crewAgent(input: Json, output: Json): string | null {
  const told = isJsonObject(input) ? (input['agent'] ?? null) : null;
  const role = /\brole=(?:'([^']+)'|"([^"]+)")/.exec(plainText(told));
  if (role !== null) return role[1] ?? role[2] ?? null;
  return isJsonObject(output) && 'description' in output ? firstText(output, ['agent']) : null;
}

/** Newer SDKs type their observations; older ones type everything SPAN and leave it to the attributes. */
function kindOf(record: JsonObject, span: Span, place: string): SpanKind {
  const type = neededText(record, 'type', place).toUpperCase();
  if (type === 'GENERATION') return { kind: 'model' };
  if (type === 'TOOL') return { kind: 'tool' };
  const agent = firstText(span.attributes, [
    'graph.node.id',
    'graph.node.name',
    'gen_ai.agent.name',
    'agent.name',
  ]);
  if (type === 'AGENT') {
    const id = firstText(span.attributes, ['gen_ai.agent.id']);
    return { kind: 'agent', agent: agent ?? id ?? agentNamed(span.name) };
  }
  const traced = spanKind(span);
  if (traced.kind !== 'plumbing') return traced;
  return agent === null ? { kind: 'plumbing', what: type.toLowerCase() } : { kind: 'agent', agent };
}
