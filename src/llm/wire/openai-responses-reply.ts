// Responses, the reply: what a real provider said, as a neutral answer.
import { isJsonObject, type JsonObject } from '../../base/json.ts';
import type { Answer, FinishReason, ToolCall } from '../../team/ask.ts';
import type { Read, StreamEvent } from './codec.ts';
import { openaiDialect } from './openai-dialect.ts';
import { argumentsOf, numberOr, objectsOf, stringOr } from './request-reading.ts';
import { cutShort, dataOf } from './reply-reading.ts';

export function readResponse(body: JsonObject): Read {
  if (isJsonObject(body['error'])) return { kind: 'failure', failure: openaiDialect.readFailure(500, body) };
  const items = objectsOf(body['output']);
  const ofType = (type: string): readonly JsonObject[] => items.filter((item) => item['type'] === type);
  const parts = ofType('message').flatMap((item) => objectsOf(item['content']));
  const texts = (list: readonly JsonObject[], field: string): string =>
    list.map((part) => stringOr(part[field], '')).join('');
  const refusal = texts(parts, 'refusal');
  const reasoning = texts(
    ofType('reasoning').flatMap((item) => objectsOf(item['summary'])),
    'text',
  );
  const toolCalls = ofType('function_call').map((item): ToolCall => ({
    id: stringOr(item['call_id'], ''),
    name: stringOr(item['name'], ''),
    ...argumentsOf(item['arguments']),
  }));
  const usage = isJsonObject(body['usage']) ? body['usage'] : {};
  const answer: Answer = {
    content: texts(parts, 'text'),
    toolCalls,
    finishReason: finishOf(body, toolCalls.length > 0),
    ...(refusal === '' ? {} : { refusal }),
    ...(reasoning === '' ? {} : { reasoning }),
    usage: {
      inputTokens: numberOr(usage['input_tokens'], 0),
      outputTokens: numberOr(usage['output_tokens'], 0),
    },
  };
  return { kind: 'answer', answer, replyId: stringOr(body['id'], '') };
}

function finishOf(body: JsonObject, callsTools: boolean): FinishReason {
  const details = isJsonObject(body['incomplete_details']) ? body['incomplete_details'] : {};
  if (details['reason'] === 'content_filter') return 'contentFilter';
  if (details['reason'] === 'max_output_tokens') return 'length';
  return callsTools ? 'toolCalls' : 'stop';
}

/** The last event repeats the whole response: nothing need be put together. */
export function readResponseStream(events: readonly StreamEvent[]): Read {
  for (const { data } of events.toReversed()) {
    const event = dataOf(data);
    if (event === null) continue;
    switch (stringOr(event['type'], '')) {
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        return isJsonObject(event['response']) ? readResponse(event['response']) : cutShort();
      case 'error':
        return readResponse(isJsonObject(event['error']) ? event : { error: event });
    }
  }
  return cutShort();
}
