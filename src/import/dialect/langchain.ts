// LangChain messages: as they are, as `messages_to_dict` writes them, and as its serializer does.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';

const spoken = /^(?:human|ai|AIMessage|HumanMessage)(?:Chunk|MessageChunk)?$/;
const types =
  /^(?:human|ai|system|tool|function|(?:Human|AI|System|Tool|Function)Message)(?:Chunk|MessageChunk)?$/;

/** The message itself, out of its wrapping; anything else as it is. */
export function unwrappedMessage(message: JsonObject): JsonObject {
  const { kwargs, data, id, type } = message;
  if (isJsonObject(kwargs) && Array.isArray(id))
    return { type: plainType((id as readonly Json[]).at(-1)), ...kwargs };
  if (isJsonObject(data) && typeof type === 'string' && 'content' in data) return { type, ...data };
  return message;
}

/** Whether these are messages of LangChain, and a person or a model speaks among them. */
export function areLangchain(records: readonly JsonObject[]): boolean {
  return records.every((one) => types.test(typeOf(one))) && records.some((one) => spoken.test(typeOf(one)));
}

/** Empty for what has a role, and so is no message of LangChain. */
function typeOf(record: JsonObject): string {
  const message = unwrappedMessage(record);
  return 'content' in message && !('role' in message) ? plainType(message['type']) : '';
}

function plainType(type: Json | undefined): string {
  return typeof type === 'string' ? type : '';
}
