// Chat Completions, the request: messages, tools and response format as a neutral call.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Message, ToolCall } from '../../team/ask.ts';
import type { WireCall, WireProblem } from './codec.ts';
import {
  argumentsOf,
  missing,
  objectsOf,
  offerOf,
  problem,
  schemaOf,
  stringOr,
  textOf,
} from './openai-request.ts';

export function readChatRequest(request: JsonObject): WireCall | WireProblem {
  const lacking = missing(request, 'messages');
  if (lacking !== null) return lacking;
  if (!Array.isArray(request['messages']))
    return problem("Invalid type for 'messages': expected an array.", 'messages');
  if (typeof request['n'] === 'number' && request['n'] > 1)
    return problem("'n' above 1 is not served here.", 'n');
  const format = request['response_format'];
  const options = request['stream_options'];
  return {
    kind: 'call',
    model: stringOr(request['model'], ''),
    messages: messagesOf(objectsOf(request['messages'])),
    tools: objectsOf(request['tools']).flatMap((tool) =>
      isJsonObject(tool['function']) ? [offerOf(tool['function'])] : [],
    ),
    responseSchema: schemaOf(format, isJsonObject(format) ? format['json_schema'] : undefined),
    form: request['stream'] === true ? 'stream' : 'plain',
    usage: isJsonObject(options) && options['include_usage'] === true ? 'told' : 'untold',
    continues: null,
    request,
  };
}

function messagesOf(written: readonly JsonObject[]): readonly Message[] {
  const toolNames = new Map<string, string>();
  return written.map((message): Message => {
    const content = textOf(message['content'] ?? message['refusal']);
    switch (stringOr(message['role'], 'user')) {
      case 'system':
      case 'developer':
        return { role: 'system', content };
      case 'assistant': {
        const toolCalls = objectsOf(message['tool_calls']).map(toolCallOf);
        for (const call of toolCalls) toolNames.set(call.id, call.name);
        return { role: 'assistant', content, toolCalls };
      }
      case 'tool':
      case 'function': {
        const callId = stringOr(message['tool_call_id'], '');
        return {
          role: 'tool',
          callId,
          name: toolNames.get(callId) ?? stringOr(message['name'], ''),
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
    arguments: argumentsOf(body['arguments'] ?? body['input']),
  };
}
