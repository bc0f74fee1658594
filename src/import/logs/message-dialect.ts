// The dialect of a message log, by the structure of its messages: exactly one, so that formats exclude each other.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { areLangchain } from '../dialect/langchain.ts';
import { isCompletion, isItem, isResponse } from './items.ts';

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
  if (records.some(hasSource) && records.every((one) => hasSource(one) || isSourceless(one)))
    return 'speakers';
  if (isGroupChat(records)) return 'speakers';
  if (areLangchain(records)) return 'chat';
  if (!records.every((one) => isChat(one) || isOfItems(one) || isBystander(one, records))) return null;
  if (records.some(isOfItems)) return 'responses';
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

/** What a model of AutoGen was shown has messages of nobody between those of agents. */
export function isSourceless({ type, content, source }: JsonObject): boolean {
  const types = ['SystemMessage', 'FunctionExecutionResultMessage'];
  return typeof type === 'string' && types.includes(type) && content !== undefined && source === undefined;
}

/** Several who are named speak; or, where no assistant does, the role itself is the name of one who speaks. */
function isGroupChat(records: readonly JsonObject[]): boolean {
  const speakers = new Set<string>();
  for (const { role, name, content } of records) {
    if (typeof role !== 'string' || content === undefined) return false;
    if (typeof name === 'string' && role !== 'tool' && role !== 'function') speakers.add(name);
  }
  if (speakers.size > 1) return true;
  return !records.some(speaks) && records.some(({ role }) => !chatRoles.has(role));
}

function isOfItems(message: JsonObject): boolean {
  return isItem(message) || isResponse(message);
}

function isChat(message: JsonObject): boolean {
  return chatRoles.has(message['role']) || isCompletion(message);
}

/** Whether a model says it, in the words of chat. */
function speaks({ role }: JsonObject): boolean {
  return role === 'assistant' || role === 'tool';
}

/** Programs put roles of their own between those of the chat: `exit`, `ipython`. */
function isBystander({ role, content }: JsonObject, records: readonly JsonObject[]): boolean {
  return (
    typeof role === 'string' &&
    typeof content === 'string' &&
    records.some((one) => speaks(one) || isResponse(one))
  );
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
