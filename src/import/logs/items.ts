// Items of the OpenAI Responses API: what stands in the input and the output of a response.
import type { JsonObject } from '../../base/json.ts';

const itemTypes: ReadonlySet<unknown> = new Set([
  'message',
  'reasoning',
  'function_call',
  'function_call_output',
  'function_call_result',
  'custom_tool_call',
  'custom_tool_call_output',
  'web_search_call',
  'file_search_call',
  'computer_call',
  'computer_call_output',
  'code_interpreter_call',
  'image_generation_call',
  'mcp_call',
  'local_shell_call',
  'local_shell_call_output',
]);

/** Anthropic calls its whole answer a message, too: that one is billed, or says why it stopped. */
export function isItem(message: JsonObject): boolean {
  if (message['type'] === 'message' && ('stop_reason' in message || 'usage' in message)) return false;
  return itemTypes.has(message['type']);
}
