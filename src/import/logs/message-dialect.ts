// The dialect of a message log, by the structure of its messages: exactly one, so that formats exclude each other.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { isItem } from './items.ts';

export type MessageDialect = 'speakers' | 'plain' | 'anthropic' | 'responses' | 'chat';

const chatRoles: ReadonlySet<unknown> = new Set([
  'system',
  'developer',
  'user',
  'assistant',
  'tool',
  'function',
  'model',
]);

/** Null for what is no list of messages. */
export function dialectOf(messages: readonly Json[]): MessageDialect | null {
  const records = messages.filter(isJsonObject);
  if (records.length === 0 || records.length < messages.length) return null;
  if (records.every(isPlain)) return 'plain';
  if (records.every(hasSource) || isGroupChat(records)) return 'speakers';
  if (records.some(isItem) && records.every((one) => isItem(one) || isChat(one))) return 'responses';
  if (!records.every(isChat)) return null;
  return records.some(hasBlocks) ? 'anthropic' : 'chat';
}

/** Of our own: who, as what, and what. */
function isPlain(message: JsonObject): boolean {
  return typeof message['agent'] === 'string' && 'content' in message;
}

/** AutoGen 0.4: events are no OpenHands events, which have a kind or an action. */
function hasSource(message: JsonObject): boolean {
  const isOther = ['kind', 'action', 'observation', 'llm_message'].some((key) => key in message);
  return typeof message['source'] === 'string' && 'content' in message && !isOther;
}

/** Several who are named speak, or the role itself is the name of one who speaks. */
function isGroupChat(records: readonly JsonObject[]): boolean {
  const speakers = new Set<string>();
  for (const { role, name, content } of records) {
    if (typeof role !== 'string' || content === undefined) return false;
    if (!chatRoles.has(role)) speakers.add(role).add('');
    else if (typeof name === 'string' && role !== 'tool' && role !== 'function') speakers.add(name);
  }
  return speakers.size > 1;
}

function isChat(message: JsonObject): boolean {
  return chatRoles.has(message['role']);
}

const blockTypes: ReadonlySet<unknown> = new Set([
  'tool_use',
  'tool_result',
  'thinking',
  'redacted_thinking',
  'server_tool_use',
]);

function hasBlocks({ content, stop_reason: stop, type }: JsonObject): boolean {
  if (type === 'message' && stop !== undefined) return true;
  if (!Array.isArray(content)) return false;
  return (content as readonly Json[]).some((part) => isJsonObject(part) && blockTypes.has(part['type']));
}
