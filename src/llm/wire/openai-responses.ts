// OpenAI Responses: the codec for `POST /responses`, plain and streamed.
import type { JsonObject } from '../../base/json.ts';
import { argumentsText, type ModelFailure } from '../../team/ask.ts';
import { servesPosts, type Frame, type StreamParts, type WireCodec } from './codec.ts';
import { openaiDialect } from './openai-dialect.ts';
import {
  callItem,
  callItemId,
  closedResponse,
  contentPart,
  hasMessage,
  incompleteReason,
  messageId,
  messageItem,
  openResponse,
  reasoningItem,
  responseId,
} from './openai-response-object.ts';
import { readResponse, readResponseStream } from './openai-responses-reply.ts';
import { readResponsesRequest } from './openai-responses-request.ts';
import { cutTexts, eventFrame, type CutText } from './sse.ts';

export const openaiResponses: WireCodec = {
  name: 'openai-responses',
  dialect: openaiDialect,
  serves: servesPosts('/responses'),
  read: readResponsesRequest,
  keeps: 'conversation',
  replyId: responseId,
  plain: closedResponse,
  stream,
  streamFailure,
  readReply: readResponse,
  readStream: readResponseStream,
};

/** The nested form: with the flat one, some clients end quietly with what they have. */
function streamFailure(failure: ModelFailure, framesBefore: number): string {
  const { error } = openaiDialect.failure(failure, '');
  return eventFrame('error', { type: 'error', sequence_number: framesBefore, error: error ?? null });
}

/** Adds one event; every one carries its type and a running `sequence_number`. */
type Emit = (chunk: number, type: string, fields: JsonObject) => void;

/** The last event repeats the whole response: clients take answer and usage from it, not from the deltas. */
function stream(parts: StreamParts): readonly Frame[] {
  const { answer } = parts;
  const frames: Frame[] = [];
  const emit: Emit = (chunk, type, fields) => {
    frames.push({ chunk, text: eventFrame(type, { type, sequence_number: frames.length, ...fields }) });
  };
  const texts = [answer.refusal ?? answer.content, ...answer.toolCalls.map(argumentsText)];
  const [text, ...args] = cutTexts(texts, parts);
  const response = openResponse(parts);
  emit(0, 'response.created', { response });
  emit(0, 'response.in_progress', { response });
  emitReasoning(emit, parts);
  if (hasMessage(answer) && text !== undefined) emitMessage(emit, parts, text);
  for (const [index, cut] of args.entries()) emitCall(emit, parts, { index, cut });
  if (parts.cutAfterChars !== null) return frames;
  const last = frames.at(-1)?.chunk ?? 0;
  const type = incompleteReason(answer) === null ? 'response.completed' : 'response.incomplete';
  emit(last, type, { response: closedResponse(parts) });
  return frames;
}

/** Items that come before the message. */
function itemsBefore({ answer }: StreamParts): number {
  return answer.reasoning === undefined ? 0 : 1;
}

function emitReasoning(emit: Emit, { answer: { reasoning }, token }: StreamParts): void {
  if (reasoning === undefined) return;
  const place = { item_id: `rs_${token}`, output_index: 0, summary_index: 0 };
  const part = { type: 'summary_text', text: reasoning };
  const item = (status: 'in_progress' | 'completed'): JsonObject => reasoningItem(token, reasoning, status);
  emit(0, 'response.output_item.added', { output_index: 0, item: item('in_progress') });
  emit(0, 'response.reasoning_summary_part.added', { ...place, part: { ...part, text: '' } });
  emit(0, 'response.reasoning_summary_text.delta', { ...place, delta: reasoning });
  emit(0, 'response.reasoning_summary_text.done', { ...place, text: reasoning });
  emit(0, 'response.reasoning_summary_part.done', { ...place, part });
  emit(0, 'response.output_item.done', { output_index: 0, item: item('completed') });
}

function emitMessage(emit: Emit, parts: StreamParts, { pieces, whole }: CutText): void {
  const { answer, token } = parts;
  const text = answer.refusal ?? answer.content;
  const output_index = itemsBefore(parts);
  const place = { item_id: messageId(token), output_index, content_index: 0 };
  const kind = answer.refusal === undefined ? 'response.output_text' : 'response.refusal';
  const logprobs: JsonObject = answer.refusal === undefined ? { logprobs: [] } : {};
  emit(0, 'response.output_item.added', { output_index, item: messageItem(parts, 'in_progress', []) });
  emit(0, 'response.content_part.added', { ...place, part: contentPart(answer, '') });
  for (const piece of pieces)
    emit(piece.chunk, `${kind}.delta`, { ...place, delta: piece.text, ...logprobs });
  if (!whole) return;
  const last = pieces.at(-1)?.chunk ?? 0;
  const whole_ = answer.refusal === undefined ? { text, ...logprobs } : { refusal: text };
  emit(last, `${kind}.done`, { ...place, ...whole_ });
  emit(last, 'response.content_part.done', { ...place, part: contentPart(answer, text) });
  emit(last, 'response.output_item.done', {
    output_index,
    item: messageItem(parts, 'completed', [contentPart(answer, text)]),
  });
}

function emitCall(
  emit: Emit,
  parts: StreamParts,
  { index, cut }: { readonly index: number; readonly cut: CutText },
): void {
  const call = parts.answer.toolCalls[index];
  if (call === undefined || !cut.begun) return;
  const { token, answer } = parts;
  const output_index = index + (hasMessage(answer) ? 1 : 0) + itemsBefore(parts);
  const place = { item_id: callItemId(token, index), output_index };
  const written = argumentsText(call);
  const first = cut.pieces[0]?.chunk ?? 0;
  emit(first, 'response.output_item.added', {
    output_index,
    item: callItem(token, { call, index, status: 'in_progress', argumentsText: '' }),
  });
  for (const piece of cut.pieces) {
    emit(piece.chunk, 'response.function_call_arguments.delta', { ...place, delta: piece.text });
  }
  if (!cut.whole) return;
  const last = cut.pieces.at(-1)?.chunk ?? first;
  emit(last, 'response.function_call_arguments.done', {
    ...place,
    name: call.name,
    arguments: written,
  });
  emit(last, 'response.output_item.done', {
    output_index,
    item: callItem(token, { call, index, status: 'completed', argumentsText: written }),
  });
}
