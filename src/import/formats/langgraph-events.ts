// Events of LangChain's runs (`astream_events`): what began, went on and ended, by run id.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { graphNode } from '../dialect/graph-node.ts';
import { messagesOf, saidOf } from '../dialect/messages.ts';
import { plainText, toolArguments } from '../dialect/pieces.ts';
import { toolMessageIn } from '../dialect/tool-message.ts';
import { unpacked } from '../dialect/unpacked.ts';
import { usageOf } from '../dialect/usage-of.ts';
import type { StepSink } from '../format.ts';
import { below, firstText, neededText, objectIn } from '../reading.ts';
import type { StepBody } from '../step.ts';
import { stepAt } from '../step-at.ts';

const named =
  /^on_(?:chain|chat_model|llm|tool|retriever|prompt|parser)_(?:start|stream|end|error)$|^on_custom_event$/;

export function isRunEvent({ event, run_id: run }: JsonObject): boolean {
  return typeof event === 'string' && typeof run === 'string' && named.test(event);
}

/** Tells the step that an event ends; others are skipped. */
export function tellRunEvent(record: JsonObject, place: string, sink: StepSink): void {
  const event = neededText(record, 'event', place);
  const data = objectIn(record, 'data', place) ?? {};
  const body = bodyOf(event, record, data);
  if (body === null) {
    sink.skip(`${event} event`, 'the end of a model or a tool tells its step');
    return;
  }
  const metadata = objectIn(record, 'metadata', place) ?? {};
  const parents = record['parent_ids'];
  const parent = Array.isArray(parents) ? ((parents as readonly Json[]).at(-1) ?? null) : null;
  const at = {
    run: '',
    id: neededText(record, 'run_id', below(place, 'run_id')),
    parent: typeof parent === 'string' ? parent : null,
    agent: graphNode(firstText(metadata, ['lc_agent_name', 'langgraph_node'])),
    startMs: null,
    endMs: null,
    place,
  };
  sink.step(stepAt(at, body));
}

function bodyOf(event: string, record: JsonObject, data: JsonObject): StepBody | null {
  switch (event) {
    case 'on_chat_model_end':
    case 'on_llm_end':
      return modelBody(record, data);
    case 'on_tool_end':
    case 'on_tool_error':
      return toolBody(record, data);
    default:
      return null;
  }
}

function modelBody({ metadata, name }: JsonObject, { input = null, output = null }: JsonObject): StepBody {
  const model = isJsonObject(metadata) ? firstText(metadata, ['ls_model_name']) : null;
  const message = isJsonObject(output) && isJsonObject(output['kwargs']) ? output['kwargs'] : output;
  return {
    kind: 'model',
    model: model ?? (typeof name === 'string' ? name : null),
    input: messagesOf(input),
    offers: [],
    said: saidOf(output),
    usage: usageOf(message),
    error: null,
  };
}

function toolBody({ name }: JsonObject, { input = null, output = null, error = null }: JsonObject): StepBody {
  const message = toolMessageIn(output);
  const content = message === null ? unpacked(output) : message.content;
  const failed = error !== null || message?.failed === true;
  return {
    kind: 'tool',
    tool: typeof name === 'string' ? name : 'tool',
    callId: message?.callId ?? null,
    arguments: toolArguments(input).arguments,
    result: failed ? null : content,
    error: failed ? plainText(error ?? content) : null,
  };
}
