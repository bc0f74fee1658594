// Anthropic Messages, the request: system, content blocks, tools and threads as a neutral call.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Message, ToolCall } from '../../team/ask.ts';
import { wireCall, type WireCall, type WireProblem } from './codec.ts';
import { argumentsOf, objectsOf, problem, stringOr, textOf, tokensIn } from './request-reading.ts';

export function readMessagesRequest(request: JsonObject): WireCall | WireProblem {
  if (typeof request['model'] !== 'string') return problem('model: Field required', 'model');
  if (!Array.isArray(request['messages'])) return problem('messages: Field required', 'messages');
  const outputTokensMax = tokensIn(request, ['max_tokens']);
  if (outputTokensMax === null) return problem('max_tokens: Field required', 'max_tokens');
  const system = textOf(request['system']);
  const spoken = messagesOf(objectsOf(request['messages']));
  return wireCall({
    model: request['model'],
    messages: system === '' ? spoken : [{ role: 'system', content: system }, ...spoken],
    tools: objectsOf(request['tools'])
      .filter((tool) => isJsonObject(tool['input_schema']))
      .map((tool) => ({
        name: stringOr(tool['name'], ''),
        description: stringOr(tool['description'], ''),
        parameters: tool['input_schema'] as JsonObject,
      })),
    responseSchema: schemaIn(request),
    form: request['stream'] === true ? 'stream' : 'plain',
    outputTokensMax,
    continues: continuedBy(request['thread']),
    request,
  });
}

/** `output_config.format`, or the older `output_format`: `{type: 'json_schema', schema}`. */
function schemaIn(request: JsonObject): JsonObject | null {
  const config = request['output_config'];
  const format = (isJsonObject(config) ? config['format'] : undefined) ?? request['output_format'];
  if (!isJsonObject(format) || format['type'] !== 'json_schema') return null;
  return isJsonObject(format['schema']) ? format['schema'] : {};
}

/** `{type: 'continue', previous_message_id}`; a thread that is created holds the whole conversation. */
function continuedBy(thread: Json | undefined): string | null {
  if (!isJsonObject(thread) || thread['type'] !== 'continue') return null;
  const id = thread['previous_message_id'];
  return typeof id === 'string' ? id : null;
}

function messagesOf(written: readonly JsonObject[]): readonly Message[] {
  const toolNames = new Map<string, string>();
  return written.flatMap((message) => {
    const { content } = message;
    const blocks: readonly JsonObject[] =
      typeof content === 'string' ? [{ type: 'text', text: content }] : objectsOf(content);
    return message['role'] === 'assistant'
      ? [assistantMessage(blocks, toolNames)]
      : userMessages(blocks, toolNames);
  });
}

function assistantMessage(blocks: readonly JsonObject[], toolNames: Map<string, string>): Message {
  const toolCalls: ToolCall[] = [];
  const texts: string[] = [];
  for (const block of blocks) {
    if (block['type'] === 'tool_use') {
      const call = {
        id: stringOr(block['id'], ''),
        name: stringOr(block['name'], ''),
        ...argumentsOf(block['input']),
      };
      toolNames.set(call.id, call.name);
      toolCalls.push(call);
    } else if (block['type'] === 'text') texts.push(stringOr(block['text'], ''));
  }
  return { role: 'assistant', content: texts.join('\n'), toolCalls };
}

/** Results of tools first, each a message of its own, then what the user says. */
function userMessages(
  blocks: readonly JsonObject[],
  toolNames: ReadonlyMap<string, string>,
): readonly Message[] {
  const results = blocks.filter((block) => block['type'] === 'tool_result');
  const spoken = blocks.filter((block) => block['type'] !== 'tool_result');
  const messages: Message[] = results.map((block) => {
    const callId = stringOr(block['tool_use_id'], '');
    return { role: 'tool', callId, name: toolNames.get(callId) ?? '', content: textOf(block['content']) };
  });
  return spoken.length === 0 ? messages : [...messages, { role: 'user', content: textOf([...spoken]) }];
}
