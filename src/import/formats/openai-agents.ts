// OpenAI Agents SDK: traces and spans as its exporters write them.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { messagesOf, saidOf } from '../dialect/messages.ts';
import { momentMs } from '../dialect/moment.ts';
import { toolArguments } from '../dialect/pieces.ts';
import { unpacked } from '../dialect/unpacked.ts';
import { usageOf } from '../dialect/usage-of.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { below, eachRecord, listIn, neededText, objectIn, textIn } from '../reading.ts';
import { broken } from '../source/broken.ts';
import type { Step, StepBody } from '../step.ts';
import { stepAt } from '../step-at.ts';

export const openaiAgents: TraceFormat = {
  name: 'openai-agents',
  title: 'OpenAI Agents SDK: traces and spans (object: trace, trace.span)',
  shapes: ['document', 'records'],
  detects: ({ values }) => values.length > 0 && values.every(holdsSpans),
  open: (sink) => new AgentsReader(sink),
};

function holdsSpans(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && (value as readonly Json[]).every(holdsSpans);
  if (!isJsonObject(value)) return false;
  const list = value['data'] ?? value['spans'];
  if (Array.isArray(list) && value['object'] !== 'trace.span') return holdsSpans(list as readonly Json[]);
  return value['object'] === 'trace' || value['object'] === 'trace.span';
}

class AgentsReader implements FormatReader {
  readonly #sink: StepSink;

  constructor(sink: StepSink) {
    this.#sink = sink;
  }

  read(value: Json, place: string): void {
    eachRecord(value, place, (record, at) => this.#record(record, at));
  }

  #record(record: JsonObject, place: string): void {
    for (const key of ['data', 'spans'])
      listIn(record, key, place).forEach((one, index) => this.read(one, below(below(place, key), index)));
    if (record['object'] === 'trace.span') this.#span(record, place);
    else if (record['object'] !== 'trace' && !('data' in record) && !('spans' in record))
      throw broken(below(place, 'object'), 'trace or trace.span must stand here', record['object'] ?? null);
  }

  end(): void {
    // Each span was told as it came.
  }

  #span(record: JsonObject, place: string): void {
    const data = objectIn(record, 'span_data', place);
    if (data === null) throw broken(below(place, 'span_data'), 'an object must stand here');
    const step = spanStep(record, data, { place, keeps: this.#sink.keeps });
    const type = neededText(data, 'type', below(place, 'span_data'));
    if (step.kind === 'agent' && type !== 'agent')
      this.#sink.skip(`${type} span`, 'it holds other spans together, and is no step itself');
    this.#sink.step(step);
  }
}

function spanStep(
  record: JsonObject,
  data: JsonObject,
  { place, keeps }: { readonly place: string; readonly keeps: StepSink['keeps'] },
): Step {
  const inner = below(place, 'span_data');
  const at = {
    run: textIn(record, 'trace_id', place) ?? '',
    id: neededText(record, 'id', place),
    parent: textIn(record, 'parent_id', place),
    agent: null,
    startMs: moment(record, 'started_at', place),
    endMs: moment(record, 'ended_at', place),
    place,
  };
  const error = errorOf(record, place);
  switch (neededText(data, 'type', inner)) {
    case 'agent':
      return stepAt({ ...at, agent: neededText(data, 'name', inner) }, { kind: 'agent' });
    case 'generation':
    case 'response':
      return stepAt(at, exchangeOf(data, error, keeps));
    case 'function':
      return stepAt(at, toolOf(data, error, inner));
    case 'handoff': {
      const to = textIn(data, 'to_agent', inner) ?? 'unknown';
      return stepAt(at, { kind: 'handoff', from: textIn(data, 'from_agent', inner), to, payload: {} });
    }
    default:
      return stepAt(at, { kind: 'agent' });
  }
}

/** A `response` span may hold its id alone: then what was said is not known. */
function exchangeOf(data: JsonObject, error: string | null, keeps: StepSink['keeps']): StepBody {
  const response = isJsonObject(data['response']) ? data['response'] : {};
  const model = data['model'] ?? response['model'] ?? null;
  return {
    kind: 'model',
    model: typeof model === 'string' ? model : null,
    input: keeps === 'asks' ? messagesOf(data['input']) : null,
    offers: [],
    said: saidOf(data['output'] ?? (Object.keys(response).length === 0 ? null : response)),
    usage: usageOf(data['usage']) ?? usageOf(response),
    error,
  };
}

function toolOf(data: JsonObject, error: string | null, place: string): StepBody {
  return {
    kind: 'tool',
    tool: textIn(data, 'name', place) ?? 'tool',
    callId: null,
    arguments: toolArguments(data['input'] ?? null).arguments,
    result: unpacked(data['output'] ?? data['result']),
    error,
  };
}

function moment(record: JsonObject, key: string, place: string): number | null {
  const value = record[key] ?? null;
  const ms = momentMs(value);
  if (value !== null && ms === null) throw broken(below(place, key), 'a moment must stand here', value);
  return ms;
}

function errorOf(record: JsonObject, place: string): string | null {
  const error = objectIn(record, 'error', place);
  return error === null ? null : (textIn(error, 'message', below(place, 'error')) ?? 'error');
}
