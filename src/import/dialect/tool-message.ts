// Tool messages: what LangChain's tools give back where a model asked for them, in any of the ways it is written down.
import { isJsonObject, type Json } from '../../base/json.ts';
import { firstText } from '../reading.ts';
import { unpacked } from './unpacked.ts';

export interface ToolMessage {
  readonly callId: string | null;
  readonly content: Json;
  readonly failed: boolean;
}

/** Null for what is no tool message; one that stands alone within `output` is found too. */
export function toolMessageIn(value: Json): ToolMessage | null {
  if (!isJsonObject(value)) return null;
  const { output } = value;
  if (isJsonObject(output)) return Object.keys(value).length === 1 ? toolMessageIn(output) : null;
  const message = isJsonObject(value['kwargs']) ? value['kwargs'] : value;
  if (!('tool_call_id' in message && 'content' in message)) return null;
  return {
    callId: firstText(message, ['tool_call_id']),
    content: unpacked(message['content']),
    failed: message['status'] === 'error',
  };
}
