// OpenAI Chat Completions: the codec for `POST /chat/completions`, plain and streamed.
import type { Json, JsonObject } from '../../base/json.ts';
import { argumentsText, type Answer, type ModelFailure, type ToolCall } from '../../team/ask.ts';
import type { Usage } from '../../team/usage.ts';
import {
  likenessOf,
  servesPosts,
  type Frame,
  type ReplyParts,
  type StreamParts,
  type WireCodec,
} from './codec.ts';
import { readChatRequest } from './openai-chat-request.ts';
import { readCompletion, readCompletionStream } from './openai-chat-reply.ts';
import { openaiDialect } from './openai-dialect.ts';
import { cutTexts, dataFrame, dataFrames, textHole, type CutText } from './sse.ts';

export const openaiChat: WireCodec = {
  name: 'openai-chat',
  dialect: openaiDialect,
  serves: servesPosts('/chat/completions'),
  read: readChatRequest,
  keeps: 'nothing',
  replyId: (token) => `chatcmpl-${token}`,
  likeness: likenessOf,
  plain,
  stream,
  streamFailure: (failure: ModelFailure) => dataFrame(openaiDialect.failure(failure, '')),
  readReply: readCompletion,
  readStream: readCompletionStream,
};

function plain(parts: ReplyParts): JsonObject {
  const { answer, call, usage } = parts;
  const [message, finish_reason] = [messageOf(answer), finishOf(answer)];
  return {
    ...envelope(parts, 'chat.completion'),
    choices: Array.from({ length: call.choices }, (_, index) => ({
      index,
      message,
      logprobs: null,
      finish_reason,
    })),
    ...(usage === null ? {} : { usage: usageOf(usage) }),
  };
}

/** `content` is null and `tool_calls` absent where there is none, as the clients expect. */
function messageOf(answer: Answer): JsonObject {
  const { content, toolCalls, refusal, reasoning } = answer;
  const isSilent = refusal !== undefined || (content === '' && toolCalls.length > 0);
  return {
    role: 'assistant',
    content: isSilent ? null : content,
    refusal: refusal ?? null,
    ...(reasoning === undefined ? {} : { reasoning_content: reasoning }),
    annotations: [],
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls.map(toolCallOf) }),
  };
}

/** One choice after the other, then usage if it was asked for. A stream that is cut has only the beginning of this. */
function stream(parts: StreamParts): readonly Frame[] {
  const { call, usage } = parts;
  const base = envelope(parts, 'chat.completion.chunk');
  const frames: Frame[] = [];
  for (let index = 0; index < call.choices; index += 1) streamChoice(parts, { base, index, frames });
  if (parts.cutAfterChars !== null) return frames;
  const last = frames.at(-1)?.chunk ?? 0;
  if (call.usage === 'told' && usage !== null)
    frames.push({ chunk: last, text: dataFrame({ ...base, choices: [], usage: usageOf(usage) }) });
  frames.push({ chunk: last, text: 'data: [DONE]\n\n' });
  return frames;
}

interface Choice {
  readonly base: JsonObject;
  readonly index: number;
  readonly frames: Frame[];
}

/** Role first, then the texts, then an empty delta with the finish reason. */
function streamChoice(parts: StreamParts, { base, index: choice, frames }: Choice): void {
  const { answer, call } = parts;
  const noUsageYet: JsonObject = call.usage === 'told' ? { usage: null } : {};
  let last = 0;
  const frameOf = (delta: JsonObject, finish: string | null = null): JsonObject => ({
    ...base,
    choices: [{ index: choice, delta, logprobs: null, finish_reason: finish }],
    ...noUsageYet,
  });
  const add = (chunk: number, text: string): void => {
    last = chunk;
    frames.push({ chunk, text });
  };
  const addPieces = (cut: CutText | undefined, delta: JsonObject): void => {
    const textFrame = dataFrames(frameOf(delta));
    for (const piece of cut?.pieces ?? []) add(piece.chunk, textFrame(piece.text));
  };
  const [text, ...args] = cutTexts([spoken(answer), ...answer.toolCalls.map(argumentsText)], parts);
  const isSilent = answer.toolCalls.length > 0 && answer.content === '';
  add(0, dataFrame(frameOf({ role: 'assistant', content: isSilent ? null : '', refusal: null })));
  if (answer.reasoning !== undefined) add(0, dataFrame(frameOf({ reasoning_content: answer.reasoning })));
  addPieces(text, answer.refusal === undefined ? { content: textHole } : { refusal: textHole });
  for (const [index, one] of answer.toolCalls.entries()) {
    const cut = args[index];
    if (cut?.begun !== true) break;
    add(cut.pieces[0]?.chunk ?? last, dataFrame(frameOf({ tool_calls: [toolHead(index, one)] })));
    addPieces(cut, { tool_calls: [{ index, function: { arguments: textHole } }] });
  }
  if (parts.cutAfterChars === null) add(last, dataFrame(frameOf({}, finishOf(answer))));
}

function envelope({ call, token, atMs }: ReplyParts, object: string): JsonObject {
  return {
    id: openaiChat.replyId(token),
    object,
    created: Math.floor(atMs / 1000),
    model: call.model,
    service_tier: 'default',
    system_fingerprint: 'fp_muster',
  };
}

function spoken(answer: Answer): string {
  return answer.refusal ?? answer.content;
}

function toolCallOf(call: ToolCall): JsonObject {
  return { id: call.id, type: 'function', function: { name: call.name, arguments: argumentsText(call) } };
}

/** Id, type and name come in a call's first delta only. */
function toolHead(index: number, call: ToolCall): JsonObject {
  return { index, id: call.id, type: 'function', function: { name: call.name, arguments: '' } };
}

function finishOf(answer: Answer): string {
  switch (answer.finishReason) {
    case 'stop':
      return 'stop';
    case 'toolCalls':
      return 'tool_calls';
    case 'length':
      return 'length';
    case 'contentFilter':
      return 'content_filter';
  }
}

function usageOf({ inputTokens, outputTokens }: Usage): Json {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
