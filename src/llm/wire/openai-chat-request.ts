// Chat Completions, the request: messages, tools and response format as a neutral call.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Message, ToolCall, ToolOffer } from '../../team/ask.ts';
import { wireCall, type WireCall, type WireProblem } from './codec.ts';
import {
  argumentsOf,
  missing,
  numberOr,
  objectsOf,
  functionOffer,
  problem,
  schemaOf,
  stringOr,
  textOf,
  tokensIn,
} from './request-reading.ts';

export function readChatRequest(request: JsonObject): WireCall | WireProblem {
  const lacking = missing(request, 'messages');
  if (lacking !== null) return lacking;
  if (!Array.isArray(request['messages']))
    return problem("Invalid type for 'messages': expected an array.", 'messages');
  const format = request['response_format'];
  const options = request['stream_options'];
  return wireCall({
    model: stringOr(request['model'], ''),
    messages: messagesOf(objectsOf(request['messages'])),
    tools: toolsOf(objectsOf(request['tools'])),
    responseSchema: schemaOf(format, isJsonObject(format) ? format['json_schema'] : undefined),
    form: request['stream'] === true ? 'stream' : 'plain',
    usage: isJsonObject(options) && options['include_usage'] === true ? 'told' : 'untold',
    choices: Math.max(1, numberOr(request['n'], 1)),
    outputTokensMax: tokensIn(request, ['max_completion_tokens', 'max_tokens']),
    request,
  });
}

function toolsOf(written: readonly JsonObject[]): readonly ToolOffer[] {
  return objectsOf(written.map((tool) => tool['function'] ?? null)).map(functionOffer);
}

function messagesOf(written: readonly JsonObject[]): readonly Message[] {
  let toolNames: Map<string, string> | null = null;
  return written.map((message): Message => {
    const content = textOf(message['content'] ?? message['refusal']);
    switch (stringOr(message['role'], 'user')) {
      case 'system':
      case 'developer':
        return { role: 'system', content };
      case 'assistant': {
        const toolCalls = objectsOf(message['tool_calls']).map(toolCallOf);
        for (const call of toolCalls) (toolNames ??= new Map()).set(call.id, call.name);
        return { role: 'assistant', content, toolCalls };
      }
      case 'tool':
      case 'function': {
        const callId = stringOr(message['tool_call_id'], '');
        return {
          role: 'tool',
          callId,
          name: toolNames?.get(callId) ?? stringOr(message['name'], ''),
          content,
        };
      }
      default:
        return { role: 'user', content };
    }
  });
}

function toolCallOf(call: JsonObject): ToolCall {
  const written: Json | undefined = call['function'] ?? call['custom'];
  const body = isJsonObject(written) ? written : {};
  return {
    id: stringOr(call['id'], ''),
    name: stringOr(body['name'], ''),
    ...argumentsOf(body['arguments'] ?? body['input']),
  };
}
