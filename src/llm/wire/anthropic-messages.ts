// Anthropic Messages: the codec for `POST /v1/messages`, plain and streamed.
import type { JsonObject } from '../../base/json.ts';
import { argumentsText, type Answer, type ModelFailure } from '../../team/ask.ts';
import { anthropicDialect, errorType } from './anthropic-dialect.ts';
import { readMessage, readMessageStream } from './anthropic-reply.ts';
import { readMessagesRequest } from './anthropic-request.ts';
import {
  likenessOf,
  servesPosts,
  type Frame,
  type ReplyParts,
  type StreamParts,
  type WireCodec,
} from './codec.ts';
import { cutTexts, eventFrame, type CutText } from './sse.ts';

export const anthropicMessages: WireCodec = {
  name: 'anthropic-messages',
  dialect: anthropicDialect,
  // Some clients append `/v1/messages` to a bare origin, others only `/messages`; betas add a query.
  serves: servesPosts('/messages'),
  read: readMessagesRequest,
  keeps: 'everything',
  replyId,
  likeness: likenessOf,
  plain,
  stream,
  streamFailure,
  readReply: readMessage,
  readStream: readMessageStream,
};

function replyId(token: string): string {
  return `msg_${token}`;
}

function plain(parts: ReplyParts): JsonObject {
  const { answer, usage } = parts;
  return {
    ...envelope(parts),
    content: blocksOf(answer),
    stop_reason: stopReasonOf(answer),
    ...(usage === null ? {} : { usage: usageOf(usage.inputTokens, usage.outputTokens) }),
  };
}

function envelope({ token, call }: ReplyParts): JsonObject {
  return {
    id: replyId(token),
    type: 'message',
    role: 'assistant',
    model: call.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
  };
}

function blocksOf(answer: Answer): readonly JsonObject[] {
  const { reasoning, toolCalls } = answer;
  const text = spoken(answer);
  return [
    ...(reasoning === undefined
      ? []
      : [{ type: 'thinking', thinking: reasoning, signature: signatureOf(reasoning) }]),
    ...(text === '' && toolCalls.length > 0 ? [] : [{ type: 'text', text }]),
    ...toolCalls.map(({ id, name, arguments: input }) => ({ type: 'tool_use', id, name, input })),
  ];
}

function spoken({ refusal, content }: Answer): string {
  return refusal ?? content;
}

/** Clients hand it back with the block and look no further. */
function signatureOf(reasoning: string): string {
  return Buffer.from(`muster ${reasoning.length}`).toString('base64');
}

/** The first frames say little of what the answer will have cost; `message_delta` says it all. */
const firstOutputTokens = 1;

function stream(parts: StreamParts): readonly Frame[] {
  const { answer, usage } = parts;
  const frames: Frame[] = [];
  const emit = (chunk: number, type: string, fields: JsonObject = {}): void => {
    frames.push({ chunk, text: eventFrame(type, { type, ...fields }) });
  };
  const [text, ...args] = cutTexts([spoken(answer), ...answer.toolCalls.map(argumentsText)], parts);
  const message = envelope(parts);
  const begun =
    usage === null ? message : { ...message, usage: usageOf(usage.inputTokens, firstOutputTokens) };
  emit(0, 'message_start', { message: begun });
  emit(0, 'ping');
  const block = blockWriter(emit);
  const { reasoning } = answer;
  if (reasoning !== undefined) {
    block(whole(reasoning), {
      start: { type: 'thinking', thinking: '', signature: '' },
      delta: (piece) => ({ type: 'thinking_delta', thinking: piece }),
      last: { type: 'signature_delta', signature: signatureOf(reasoning) },
    });
  }
  const isSilent = spoken(answer) === '' && answer.toolCalls.length > 0;
  if (!isSilent && text !== undefined)
    block(text, {
      start: { type: 'text', text: '' },
      delta: (piece) => ({ type: 'text_delta', text: piece }),
    });
  for (const [index, { id, name }] of answer.toolCalls.entries()) {
    const cut = args[index];
    if (cut?.begun !== true) break;
    block(cut, {
      start: { type: 'tool_use', id, name, input: {} },
      delta: (piece) => ({ type: 'input_json_delta', partial_json: piece }),
    });
  }
  if (parts.cutAfterChars !== null) return frames;
  const last = frames.at(-1)?.chunk ?? 0;
  emit(last, 'message_delta', {
    delta: { stop_reason: stopReasonOf(answer), stop_sequence: null },
    ...(usage === null ? {} : { usage: { output_tokens: usage.outputTokens } }),
  });
  emit(last, 'message_stop');
  return frames;
}

interface BlockShape {
  readonly start: JsonObject;
  readonly delta: (piece: string) => JsonObject;
  readonly last?: JsonObject;
}

type EmitEvent = (chunk: number, type: string, fields?: JsonObject) => void;

/** Writes one block after the other; a block that is cut short is not closed. */
function blockWriter(emit: EmitEvent): (cut: CutText, shape: BlockShape) => void {
  let index = 0;
  return ({ pieces, whole: isWhole }, { start, delta, last }) => {
    const end = pieces.at(-1)?.chunk ?? 0;
    emit(pieces[0]?.chunk ?? 0, 'content_block_start', { index, content_block: start });
    for (const piece of pieces) emit(piece.chunk, 'content_block_delta', { index, delta: delta(piece.text) });
    if (last !== undefined) emit(end, 'content_block_delta', { index, delta: last });
    if (isWhole) emit(end, 'content_block_stop', { index });
    index += 1;
  };
}

/** What is thought aloud comes with the head. */
function whole(text: string): CutText {
  return { pieces: [{ chunk: 0, text }], begun: true, whole: true };
}

function stopReasonOf({ finishReason, refusal }: Answer): string {
  if (refusal !== undefined) return 'refusal';
  switch (finishReason) {
    case 'stop':
      return 'end_turn';
    case 'toolCalls':
      return 'tool_use';
    case 'length':
      return 'max_tokens';
    case 'contentFilter':
      return 'refusal';
  }
}

function usageOf(input: number, output: number): JsonObject {
  return {
    input_tokens: input,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: output,
    service_tier: 'standard',
  };
}

function streamFailure(failure: ModelFailure): string {
  const status = anthropicDialect.statusOf(failure) ?? 500;
  return eventFrame('error', { type: 'error', error: { type: errorType(status), message: failure.message } });
}
