// Gemini, the reply: what a real provider said, as a neutral answer.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Answer, FinishReason, ToolCall } from '../../team/ask.ts';
import type { Read, StreamEvent } from './codec.ts';
import { geminiDialect } from './gemini-dialect.ts';
import { numberOr, objectsOf, stringOr } from './request-reading.ts';
import { cutShort, dataOf } from './reply-reading.ts';

export function readCandidates(body: JsonObject): Read {
  if (isJsonObject(body['error']))
    return {
      kind: 'failure',
      failure: geminiDialect.readFailure(numberOr(body['error']['code'], 500), body),
    };
  const [first = {}] = objectsOf(body['candidates']);
  const parts = isJsonObject(first['content']) ? objectsOf(first['content']['parts']) : [];
  const textsOf = (isThought: boolean): string =>
    parts
      .filter((part) => (part['thought'] === true) === isThought)
      .map((part) => stringOr(part['text'], ''))
      .join('');
  const toolCalls = parts.flatMap((part, index) => callIn(part, index));
  const reasoning = textsOf(true);
  const usage = isJsonObject(body['usageMetadata']) ? body['usageMetadata'] : {};
  const answer: Answer = {
    content: textsOf(false),
    toolCalls,
    finishReason: finishOf(first['finishReason'], toolCalls.length > 0),
    ...(reasoning === '' ? {} : { reasoning }),
    usage: {
      inputTokens: numberOr(usage['promptTokenCount'], 0),
      outputTokens: numberOr(usage['candidatesTokenCount'], 0) + numberOr(usage['thoughtsTokenCount'], 0),
    },
  };
  return { kind: 'answer', answer, replyId: null };
}

function callIn(part: JsonObject, index: number): readonly ToolCall[] {
  const call = part['functionCall'];
  if (!isJsonObject(call)) return [];
  const args = isJsonObject(call['args']) ? call['args'] : {};
  return [
    { id: stringOr(call['id'], `call_${index + 1}`), name: stringOr(call['name'], ''), arguments: args },
  ];
}

function finishOf(reason: Json | undefined, callsTools: boolean): FinishReason {
  if (reason === 'MAX_TOKENS') return 'length';
  if (reason !== undefined && reason !== 'STOP') return 'contentFilter';
  return callsTools ? 'toolCalls' : 'stop';
}

/** Chunks say parts, one after the other; the last one with candidates says why it ends. */
export function readCandidateStream(events: readonly StreamEvent[]): Read {
  const parts: JsonObject[] = [];
  let last: JsonObject = {};
  let finish: Json | null = null;
  for (const { data } of events) {
    const chunk = dataOf(data);
    if (chunk === null) continue;
    if (isJsonObject(chunk['error'])) return readCandidates(chunk);
    const [candidate] = objectsOf(chunk['candidates']).filter((one) => numberOr(one['index'], 0) === 0);
    last = { ...last, ...chunk };
    if (candidate === undefined) continue;
    if (isJsonObject(candidate['content'])) parts.push(...objectsOf(candidate['content']['parts']));
    finish = candidate['finishReason'] ?? finish;
  }
  if (finish === null) return cutShort();
  return readCandidates({ ...last, candidates: [{ content: { parts }, finishReason: finish }] });
}
