// AutoGen: the events that its runtime logs, one a line: calls of models and of tools, and messages between agents.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { messagesOf, saidOf } from '../dialect/messages.ts';
import { toolArguments } from '../dialect/pieces.ts';
import { unpacked } from '../dialect/unpacked.ts';
import { usageOf } from '../dialect/usage-of.ts';
import type { StepSink, TraceFormat } from '../format.ts';
import { eachRecord, firstText, neededText, recordsIn } from '../reading.ts';
import type { StepBody } from '../step.ts';
import { stepAt } from '../step-at.ts';

export const autogenEvents: TraceFormat = {
  name: 'autogen-events',
  title: 'AutoGen: events that its runtime logs (LLMCall, ToolCall, Message)',
  shapes: ['document', 'records'],
  detects: (sample) => {
    const list = recordsIn(sample);
    return list.some(isCall) && list.every(isEvent);
  },
  open: (sink) => ({
    read: (value, place) => eachRecord(value, place, (record, at) => tellEvent(record, at, sink)),
    end: () => undefined,
  }),
};

function isCall(value: Json): boolean {
  return (
    isJsonObject(value) && 'agent_id' in value && /^(?:LLMCall|LLMStreamEnd|ToolCall)$/.test(typeOf(value))
  );
}

function isEvent(value: Json): boolean {
  return (
    isJsonObject(value) && /^(?:LLM|Tool|Agent|Message)[A-Za-z]*$/.test(typeOf(value)) && !('source' in value)
  );
}

function typeOf(value: JsonObject): string {
  return firstText(value, ['type']) ?? '';
}

function tellEvent(record: JsonObject, place: string, sink: StepSink): void {
  const body = bodyOf(neededText(record, 'type', place), record, place);
  if (body === null) {
    sink.skip(`${typeOf(record)} event`, 'calls of models and of tools tell the steps');
    return;
  }
  // `planner/default`: the type of the agent, and which one of that type.
  const agent = firstText(record, ['agent_id'])?.split('/')[0] ?? null;
  sink.step(stepAt({ run: '', id: null, parent: null, agent, startMs: null, endMs: null, place }, body));
}

function bodyOf(type: string, record: JsonObject, place: string): StepBody | null {
  switch (type) {
    case 'LLMCall':
    case 'LLMStreamEnd':
      return modelBody(record);
    case 'ToolCall':
      return {
        kind: 'tool',
        tool: neededText(record, 'tool_name', place),
        callId: null,
        arguments: toolArguments(record['arguments'] ?? null).arguments,
        result: unpacked(record['result']),
        error: null,
      };
    default:
      return null;
  }
}

function modelBody(record: JsonObject): StepBody {
  const response = unpacked(record['response']);
  const answer = isJsonObject(response) ? response : {};
  const { content, thought = null } = answer;
  // What a stream ended with: its content is its words, or a list of calls.
  const calls = Array.isArray(content)
    ? { role: 'assistant', content: thought, tool_calls: content as readonly Json[] }
    : null;
  return {
    kind: 'model',
    model: firstText(answer, ['model']),
    input: messagesOf(record['messages']),
    offers: [],
    said: saidOf(calls ?? response),
    usage: usageOf(record) ?? usageOf(answer),
    error: null,
  };
}
