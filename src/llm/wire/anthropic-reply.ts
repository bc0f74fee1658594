// Anthropic Messages, the reply: what a real provider said, as a neutral answer.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Answer, FinishReason, ToolCall } from '../../team/ask.ts';
import { anthropicDialect } from './anthropic-dialect.ts';
import type { Read, StreamEvent } from './codec.ts';
import { argumentsOf, numberOr, objectsOf, stringOr } from './request-reading.ts';
import { cutShort, dataOf } from './reply-reading.ts';

export function readMessage(body: JsonObject): Read {
  if (body['type'] === 'error') return { kind: 'failure', failure: anthropicDialect.readFailure(500, body) };
  const blocks = objectsOf(body['content']);
  const texts = (type: string, field: string): string =>
    blocks
      .filter((block) => block['type'] === type)
      .map((block) => stringOr(block[field], ''))
      .join('');
  const toolCalls = blocks
    .filter((block) => block['type'] === 'tool_use')
    .map((block): ToolCall => ({
      id: stringOr(block['id'], ''),
      name: stringOr(block['name'], ''),
      ...argumentsOf(block['input']),
    }));
  const reasoning = texts('thinking', 'thinking');
  const text = texts('text', 'text');
  const usage = isJsonObject(body['usage']) ? body['usage'] : {};
  const isRefusal = body['stop_reason'] === 'refusal';
  const answer: Answer = {
    content: isRefusal ? '' : text,
    toolCalls,
    finishReason: finishOf(body['stop_reason']),
    ...(isRefusal ? { refusal: text } : {}),
    ...(reasoning === '' ? {} : { reasoning }),
    usage: {
      inputTokens: numberOr(usage['input_tokens'], 0),
      outputTokens: numberOr(usage['output_tokens'], 0),
    },
  };
  return { kind: 'answer', answer, replyId: stringOr(body['id'], '') };
}

function finishOf(reason: Json | undefined): FinishReason {
  if (reason === 'tool_use') return 'toolCalls';
  return reason === 'max_tokens' || reason === 'model_context_window_exceeded' ? 'length' : 'stop';
}

/** Puts the message together again, block by block. */
export function readMessageStream(events: readonly StreamEvent[]): Read {
  let message: JsonObject = {};
  const blocks: JsonObject[] = [];
  let isEnded = false;
  for (const { data } of events) {
    const event = dataOf(data);
    if (event === null) continue;
    switch (stringOr(event['type'], '')) {
      case 'error':
        return { kind: 'failure', failure: anthropicDialect.readFailure(500, event) };
      case 'message_start':
        if (isJsonObject(event['message'])) message = event['message'];
        break;
      case 'content_block_start':
        if (isJsonObject(event['content_block']))
          blocks[numberOr(event['index'], 0)] = event['content_block'];
        break;
      case 'content_block_delta': {
        const index = numberOr(event['index'], 0);
        blocks[index] = grown(blocks[index] ?? {}, isJsonObject(event['delta']) ? event['delta'] : {});
        break;
      }
      case 'message_delta':
        message = { ...message, ...ended(message, event) };
        break;
      case 'message_stop':
        isEnded = true;
        break;
    }
  }
  if (!isEnded) return cutShort();
  // The pieces of a tool's input are text until they are whole.
  return readMessage({ ...message, content: blocks.map(withInput) });
}

function grown(block: JsonObject, delta: JsonObject): JsonObject {
  const add = (field: string, piece: Json | undefined): JsonObject => ({
    ...block,
    [field]: stringOr(block[field], '') + stringOr(piece, ''),
  });
  switch (stringOr(delta['type'], '')) {
    case 'text_delta':
      return add('text', delta['text']);
    case 'thinking_delta':
      return add('thinking', delta['thinking']);
    case 'input_json_delta':
      return add('partial_json', delta['partial_json']);
    default:
      return block;
  }
}

function withInput({ partial_json: text, ...block }: JsonObject): JsonObject {
  return typeof text === 'string' ? { ...block, input: text } : block;
}

function ended(message: JsonObject, event: JsonObject): JsonObject {
  const before = isJsonObject(message['usage']) ? message['usage'] : {};
  const news = isJsonObject(event['usage']) ? event['usage'] : {};
  const delta = isJsonObject(event['delta']) ? event['delta'] : {};
  return { ...delta, usage: { ...before, ...news } };
}
