// Responses, the request: instructions, input items, tools and text format as a neutral call.
import { isJsonObject, type JsonObject } from '../../base/json.ts';
import type { Message } from '../../team/ask.ts';
import { wireCall, type WireCall, type WireProblem } from './codec.ts';
import {
  argumentsOf,
  functionOffer,
  missing,
  objectsOf,
  schemaOf,
  stringOr,
  textOf,
  tokensIn,
} from './request-reading.ts';

export function readResponsesRequest(request: JsonObject): WireCall | WireProblem {
  const lacking = request['previous_response_id'] === undefined ? missing(request, 'input') : null;
  if (lacking !== null) return lacking;
  const { input, instructions, text } = request;
  const format = isJsonObject(text) ? text['format'] : undefined;
  const spoken: readonly Message[] =
    typeof input === 'string' ? [{ role: 'user', content: input }] : messagesOf(objectsOf(input));
  return wireCall({
    model: stringOr(request['model'], ''),
    messages:
      typeof instructions === 'string' ? [{ role: 'system', content: instructions }, ...spoken] : spoken,
    tools: objectsOf(request['tools'])
      .filter((tool) => tool['type'] === 'function')
      .map(functionOffer),
    responseSchema: schemaOf(format, format),
    form: request['stream'] === true ? 'stream' : 'plain',
    outputTokensMax: tokensIn(request, ['max_output_tokens']),
    continues: typeof request['previous_response_id'] === 'string' ? request['previous_response_id'] : null,
    request,
  });
}

/** Function calls join the assistant's message before them; reasoning and other items carry nothing to answer to. */
function messagesOf(items: readonly JsonObject[]): readonly Message[] {
  const toolNames = new Map<string, string>();
  const messages: Message[] = [];
  for (const item of items) {
    switch (stringOr(item['type'], 'message')) {
      case 'message':
        messages.push(messageOf(item));
        break;
      case 'function_call':
        toolNames.set(stringOr(item['call_id'], ''), stringOr(item['name'], ''));
        joinCall(messages, item);
        break;
      case 'function_call_output': {
        const callId = stringOr(item['call_id'], '');
        const output = item['output'];
        const content = typeof output === 'string' ? output : textOf(output);
        messages.push({ role: 'tool', callId, name: toolNames.get(callId) ?? '', content });
        break;
      }
    }
  }
  return messages;
}

function messageOf(item: JsonObject): Message {
  const content = textOf(item['content']);
  switch (stringOr(item['role'], 'user')) {
    case 'system':
    case 'developer':
      return { role: 'system', content };
    case 'assistant':
      return { role: 'assistant', content, toolCalls: [] };
    default:
      return { role: 'user', content };
  }
}

function joinCall(messages: Message[], item: JsonObject): void {
  const call = {
    id: stringOr(item['call_id'], ''),
    name: stringOr(item['name'], ''),
    ...argumentsOf(item['arguments']),
  };
  const last = messages.at(-1);
  if (last?.role !== 'assistant') messages.push({ role: 'assistant', content: '', toolCalls: [call] });
  else messages[messages.length - 1] = { ...last, toolCalls: [...last.toolCalls, call] };
}
