// Chat Completions, the reply: what a real provider said, as a neutral answer.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Answer, FinishReason, ToolCall } from '../../team/ask.ts';
import type { Read, StreamEvent } from './codec.ts';
import { openaiDialect } from './openai-dialect.ts';
import { argumentsOf, numberOr, objectsOf, stringOr } from './request-reading.ts';
import { cutShort, dataOf } from './reply-reading.ts';

/** The first choice is the answer. */
export function readCompletion(body: JsonObject): Read {
  if (isJsonObject(body['error'])) return { kind: 'failure', failure: openaiDialect.readFailure(500, body) };
  const [choice = {}] = objectsOf(body['choices']);
  const message = isJsonObject(choice['message']) ? choice['message'] : {};
  const reasoning = stringOr(message['reasoning_content'] ?? message['reasoning'], '');
  const refusal = stringOr(message['refusal'], '');
  const usage = isJsonObject(body['usage']) ? body['usage'] : {};
  const answer: Answer = {
    content: stringOr(message['content'], ''),
    toolCalls: objectsOf(message['tool_calls']).map(toolCallOf),
    finishReason: finishOf(choice['finish_reason']),
    ...(refusal === '' ? {} : { refusal }),
    ...(reasoning === '' ? {} : { reasoning }),
    usage: {
      inputTokens: numberOr(usage['prompt_tokens'], 0),
      outputTokens: numberOr(usage['completion_tokens'], 0),
    },
  };
  return { kind: 'answer', answer, replyId: stringOr(body['id'], '') };
}

function toolCallOf(call: JsonObject): ToolCall {
  const written = isJsonObject(call['function']) ? call['function'] : {};
  return {
    id: stringOr(call['id'], ''),
    name: stringOr(written['name'], ''),
    ...argumentsOf(written['arguments']),
  };
}

function finishOf(reason: Json | undefined): FinishReason {
  switch (stringOr(reason, '')) {
    case 'tool_calls':
    case 'function_call':
      return 'toolCalls';
    case 'length':
      return 'length';
    case 'content_filter':
      return 'contentFilter';
    default:
      return 'stop';
  }
}

/** Adds the deltas of the first choice up to a whole message. */
export function readCompletionStream(events: readonly StreamEvent[]): Read {
  const texts = { content: '', refusal: '', reasoning_content: '' };
  const calls: { id: string; name: string; arguments: string }[] = [];
  let last: JsonObject = {};
  let finish: Json | null = null;
  for (const { data } of events) {
    const chunk = dataOf(data);
    if (chunk === null) continue;
    if (isJsonObject(chunk['error'])) return readCompletion(chunk);
    // Usage is null until it is told.
    last = { ...last, ...chunk, usage: chunk['usage'] ?? last['usage'] ?? null };
    const [choice] = objectsOf(chunk['choices']).filter((one) => numberOr(one['index'], 0) === 0);
    if (choice === undefined) continue;
    finish = choice['finish_reason'] ?? finish;
    const delta = isJsonObject(choice['delta']) ? choice['delta'] : {};
    texts.content += stringOr(delta['content'], '');
    texts.refusal += stringOr(delta['refusal'], '');
    texts.reasoning_content += stringOr(delta['reasoning_content'], '');
    for (const part of objectsOf(delta['tool_calls'])) {
      const call = (calls[numberOr(part['index'], 0)] ??= { id: '', name: '', arguments: '' });
      const written = isJsonObject(part['function']) ? part['function'] : {};
      call.id ||= stringOr(part['id'], '');
      call.name += stringOr(written['name'], '');
      call.arguments += stringOr(written['arguments'], '');
    }
  }
  if (finish === null) return cutShort();
  const tool_calls = calls.map(({ id, ...written }) => ({ id, function: written }));
  return readCompletion({ ...last, choices: [{ message: { ...texts, tool_calls }, finish_reason: finish }] });
}
