// What OpenAI's APIs write: items, which stand in the input and the output of a response; responses; chat completions.
import type { JsonObject } from '../../base/json.ts';
import { hostedCalls } from '../dialect/pieces.ts';

const itemTypes: ReadonlySet<unknown> = new Set([
  'message',
  'reasoning',
  'function_call',
  'function_call_output',
  'function_call_result',
  'custom_tool_call',
  'custom_tool_call_output',
  ...Object.keys(hostedCalls),
  'computer_call_output',
  'local_shell_call_output',
]);

/** Anthropic calls its whole answer a message, too: that one is billed, or says why it stopped. */
export function isItem(message: JsonObject): boolean {
  if (message['type'] === 'message' && ('stop_reason' in message || 'usage' in message)) return false;
  return itemTypes.has(message['type']);
}

/** A whole response: its output is one answer. */
export function isResponse(message: JsonObject): boolean {
  return message['object'] === 'response' && Array.isArray(message['output']);
}

export function isCompletion(message: JsonObject): boolean {
  return message['object'] === 'chat.completion' && Array.isArray(message['choices']);
}
