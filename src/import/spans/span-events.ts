// Messages told as events of a span: how the conventions had them until their version 1.36, and how some still have them.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { unpacked } from '../dialect/unpacked.ts';
import { firstText } from '../reading.ts';

/** An event in words of its own: `gen_ai.user.message`, with what it holds. */
export interface SpanEvent {
  readonly name: string;
  readonly attributes: JsonObject;
}

/** The events that an attribute holds as a list (Pydantic AI): there the name stands beside the rest. */
export function eventsIn(attribute: Json | undefined): readonly SpanEvent[] {
  const list = unpacked(attribute);
  if (!Array.isArray(list)) return [];
  return (list as readonly Json[])
    .filter(isJsonObject)
    .map((attributes) => ({ name: firstText(attributes, ['event.name']) ?? '', attributes }));
}

/** The attributes that say the same; a tool was given a message, and its choice is what it gave back. */
export function attributesOfEvents(events: readonly SpanEvent[], own: JsonObject): JsonObject {
  const input = events.flatMap(shown);
  const output = events.filter(({ name }) => name === 'gen_ai.choice').map(chosen);
  if (input.length + output.length === 0) return {};
  if (own['gen_ai.operation.name'] === 'execute_tool' || 'gen_ai.tool.name' in own)
    return {
      'gen_ai.tool.call.arguments': input[0]?.['content'] ?? null,
      'gen_ai.tool.call.result': output[0]?.['content'] ?? null,
    };
  return {
    ...(input.length === 0 ? {} : { 'gen_ai.input.messages': input }),
    ...(output.length === 0 ? {} : { 'gen_ai.output.messages': output }),
  };
}

function shown({ name, attributes }: SpanEvent): readonly JsonObject[] {
  const role = /^gen_ai\.(system|user|assistant|tool)\.message$/.exec(name)?.[1];
  return role === undefined ? [] : [messageIn(role, bodyOf(attributes))];
}

function chosen({ attributes }: SpanEvent): JsonObject {
  const body = bodyOf(attributes);
  const message = unpacked(body['message']);
  if (isJsonObject(message)) return messageIn('assistant', message);
  return messageIn('assistant', { ...body, content: message ?? body['content'] ?? null });
}

/** Some put the whole of it into one text. */
function bodyOf(attributes: JsonObject): JsonObject {
  const body = unpacked(attributes['gen_ai.event.content']);
  return isJsonObject(body) ? body : attributes;
}

function messageIn(role: string, body: JsonObject): JsonObject {
  const calls = unpacked(body['tool_calls']);
  return {
    role,
    content: partsIn(body['content'] ?? null),
    ...(Array.isArray(calls) ? { tool_calls: calls } : {}),
    ...(role === 'tool' ? { tool_call_id: body['id'] ?? body['tool_call_id'] ?? null } : {}),
  };
}

/** A text may be a printed list of parts; what else it may be, it is as a text. */
function partsIn(content: Json): Json {
  const inner = unpacked(content);
  const parts = ['text', 'type', 'toolUse', 'toolResult'];
  const areParts =
    Array.isArray(inner) &&
    (inner as readonly Json[]).every((one) => isJsonObject(one) && parts.some((part) => part in one));
  return areParts ? inner : content;
}
