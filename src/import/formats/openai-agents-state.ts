// OpenAI Agents SDK: the state of an interrupted run, as the Python and the JavaScript SDK write it.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { messagesOf, saidOf } from '../dialect/messages.ts';
import { unpacked } from '../dialect/unpacked.ts';
import { usageOf } from '../dialect/usage-of.ts';
import type { StepSink, TraceFormat } from '../format.ts';
import { asObject, below, listIn, neededText, objectIn } from '../reading.ts';
import { broken } from '../source/broken.ts';
import type { Step, StepBody } from '../step.ts';

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

function toolResult({ raw, callId, record }: Item): Extract<StepBody, { kind: 'tool' }> {
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
