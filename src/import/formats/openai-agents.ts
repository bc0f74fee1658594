// OpenAI Agents SDK: traces and spans as its exporters write them, and the state of an interrupted run.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { messagesOf, saidOf } from '../dialect/messages.ts';
import { momentMs } from '../dialect/moment.ts';
import { toolArguments } from '../dialect/pieces.ts';
import { unpacked } from '../dialect/unpacked.ts';
import { usageOf } from '../dialect/usage-of.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { asObject, below, eachRecord, listIn, neededText, objectIn, textIn } from '../reading.ts';
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

export const openaiRunState: TraceFormat = {
  name: 'openai-agents-state',
  title: 'OpenAI Agents SDK: the state of an interrupted run ($schemaVersion)',
  shapes: ['document'],
  detects: ({ values: [first] }) => isJsonObject(first) && '$schemaVersion' in first && isState(first),
  open: (sink) => ({
    read: (value, place) => tellState(asObject(value, place), place, sink),
    end: () => undefined,
  }),
};

function isState(value: JsonObject): boolean {
  return ['current_agent', 'currentAgent'].some((key) => key in value);
}

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

/** The JavaScript and the Python SDK spell the same fields in two ways. */
function either(record: JsonObject, snake: string): string {
  const camel = snake.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return snake in record ? snake : camel;
}

/**
 * What the run did so far: each answer of a model, each tool with its output, each handoff; then what it waits for.
 * Items know their agents, answers do not: an answer is of the agent of its first item.
 */
function tellState(state: JsonObject, place: string, sink: StepSink): void {
  const current = objectIn(state, either(state, 'current_agent'), place);
  if (current === null) throw broken(below(place, 'current_agent'), 'an object must stand here');
  const last = neededText(current, 'name', below(place, either(state, 'current_agent')));
  const itemsKey = either(state, 'generated_items');
  const items = listIn(state, itemsKey, place).map((one, index) =>
    itemOf(one, below(below(place, itemsKey), index), last),
  );
  const at = { run: '', id: null, parent: null, startMs: null, endMs: null };
  const responsesKey = either(state, 'model_responses');
  const outputs = items.filter(
    ({ type }) => type === 'tool_call_output_item' || type === 'handoff_output_item',
  );
  const told = new Set<Item>();
  listIn(state, responsesKey, place).forEach((one, index) => {
    const responsePlace = below(below(place, responsesKey), index);
    const response = asObject(one, responsePlace);
    const said = saidOf(response['output'] ?? null);
    const ids = new Set(said?.toolCalls.map(({ id }) => id));
    const agent = items.find(({ callId }) => callId !== null && ids.has(callId))?.agent ?? last;
    sink.step({
      ...at,
      agent,
      place: responsePlace,
      kind: 'model',
      model: null,
      input: index === 0 ? messagesOf(state[either(state, 'original_input')]) : null,
      offers: [],
      said,
      usage: billedOf(response),
      error: null,
    });
    for (const output of outputs.filter(({ callId }) => callId !== null && ids.has(callId))) {
      tellItem(output, { at, sink });
      told.add(output);
    }
  });
  for (const item of items) if (!told.has(item)) tellItem(item, { at, sink });
  for (const item of interruptionsIn(state, { place, last }))
    if (!awaits(items, item)) tellItem(item, { at, sink });
}

/** What the run waits for; some versions keep it among the items as well. */
function interruptionsIn(
  state: JsonObject,
  { place, last }: { readonly place: string; readonly last: string },
): readonly Item[] {
  const key = either(state, 'current_step');
  const step = objectIn(state, key, place) ?? {};
  const data = objectIn(step, 'data', below(place, key)) ?? {};
  const at = below(below(below(place, key), 'data'), 'interruptions');
  return listIn(data, 'interruptions', below(below(place, key), 'data')).map((one, index) =>
    itemOf(one, below(at, index), last),
  );
}

function awaits(items: readonly Item[], { callId }: Item): boolean {
  return items.some((item) => item.type === 'tool_approval_item' && item.callId === callId);
}

/** The state of a run that was never billed says zero: that is not known. */
function billedOf(response: JsonObject): ReturnType<typeof usageOf> {
  const usage = usageOf(response['usage']);
  return usage !== null && usage.inputTokens + usage.outputTokens > 0 ? usage : null;
}

interface Item {
  readonly type: string;
  readonly agent: string;
  readonly callId: string | null;
  readonly raw: JsonObject;
  readonly record: JsonObject;
  readonly place: string;
}

function itemOf(value: Json, place: string, last: string): Item {
  const record = asObject(value, place);
  const raw = objectIn(record, either(record, 'raw_item'), place) ?? {};
  const agent = objectIn(record, 'agent', place);
  const callId = raw['call_id'] ?? raw['callId'] ?? null;
  return {
    type: neededText(record, 'type', place),
    agent: agent === null ? last : neededText(agent, 'name', below(place, 'agent')),
    callId: typeof callId === 'string' ? callId : null,
    raw,
    record,
    place,
  };
}

function toolResult({
  raw,
  callId,
  record,
}: Item): Omit<
  Extract<Step, { kind: 'tool' }>,
  'run' | 'id' | 'parent' | 'agent' | 'startMs' | 'endMs' | 'place'
> {
  const name = raw['name'] ?? record['tool_name'] ?? null;
  return {
    kind: 'tool',
    tool: typeof name === 'string' ? name : 'tool',
    callId,
    arguments: {},
    result: unpacked(record['output'] ?? raw['output']),
    error: null,
  };
}

interface ItemTelling {
  readonly at: Pick<Step, 'run' | 'id' | 'parent' | 'startMs' | 'endMs'>;
  readonly sink: StepSink;
}

function tellItem(item: Item, { at, sink }: ItemTelling): void {
  const { agent, place, raw, record } = item;
  switch (item.type) {
    case 'tool_approval_item':
      sink.step({ ...at, agent, place, kind: 'approval', name: nameOf(record, raw), decision: null });
      break;
    case 'handoff_output_item': {
      const to = objectIn(record, either(record, 'target_agent'), place);
      const from = objectIn(record, either(record, 'source_agent'), place);
      if (to !== null)
        sink.step({
          ...at,
          agent,
          place,
          kind: 'handoff',
          from: from === null ? agent : neededText(from, 'name', place),
          to: neededText(to, 'name', place),
          payload: {},
        });
      break;
    }
    case 'tool_call_output_item':
      sink.step({ ...at, ...toolResult(item), agent, place });
      break;
    default:
      break;
  }
}

function nameOf(record: JsonObject, raw: JsonObject): string {
  const name = record['tool_name'] ?? record['toolName'] ?? raw['name'] ?? null;
  return typeof name === 'string' ? name : 'tool';
}
