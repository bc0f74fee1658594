// The steady request: a request on the wire without what changes from one time to the next, for keys of recordings.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { ModelRequest } from '../double.ts';
import { jsonBody } from '../traffic/wire-traffic.ts';

/** Members that say who asks or how it is billed, not what is asked. */
const volatile = new Set([
  'user',
  'metadata',
  'safety_identifier',
  'prompt_cache_key',
  'prompt_cache_retention',
  'service_tier',
]);

/** Members that the neutral ask tells of by itself: what differs elsewhere is a changed setting. */
const conversation = new Set([
  'model',
  'messages',
  'input',
  'contents',
  'system',
  'instructions',
  'systemInstruction',
  'system_instruction',
  'tools',
  'thread',
  'previous_response_id',
]);

export interface SteadyRequest {
  /** Everything that is asked. */
  readonly whole: Json;
  /** What is asked apart from the conversation: temperature, limits, tool choice, format, whether it streams. */
  readonly settings: JsonObject;
}

/** Ids of tool calls are replaced by their place; a body that is no JSON object is its own text. */
export function steadyRequest({ method, path, query, text }: ModelRequest): SteadyRequest {
  const door = `${method} ${path.replace(/^\/v\d+(?:beta|alpha)?(?=\/)/, '')}${steadyQuery(query)}`;
  const body = jsonBody(text);
  if (body === null) return { whole: [door, text], settings: {} };
  const members = Object.entries(body).filter(([name]) => !volatile.has(name));
  const settings = members.filter(([name]) => !conversation.has(name));
  return {
    whole: [door, placed(Object.fromEntries(members), new Map())],
    settings: { ...Object.fromEntries(settings), door },
  };
}

/** Gemini's key travels in the query. */
function steadyQuery(query: string): string {
  const members = new URLSearchParams(query);
  members.delete('key');
  members.sort();
  return members.size === 0 ? '' : `?${members.toString()}`;
}

const callTypes = new Set(['function', 'custom', 'tool_use', 'function_call', 'custom_tool_call']);
const callNames = new Set(['tool_call_id', 'call_id', 'tool_use_id']);

function placed(value: Json, places: Map<string, string>): Json {
  if (Array.isArray(value)) return value.map((one: Json) => placed(one, places));
  if (!isJsonObject(value)) return value;
  const isCall = typeof value['type'] === 'string' && callTypes.has(value['type']);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (typeof member !== 'string' || !(callNames.has(name) || (isCall && name === 'id')))
        return [name, placed(member, places)];
      const place = places.get(member) ?? `#${places.size + 1}`;
      places.set(member, place);
      return [name, place];
    }),
  );
}
