// OpenAI Chat Completions: the codec for `POST /chat/completions`, plain and streamed.
import type { Json, JsonObject } from '../../base/json.ts';
import type { Answer, ToolCall } from '../../team/ask.ts';
import type { Usage } from '../../team/usage.ts';
import type { Frame, ReplyParts, StreamParts, WireCodec } from './codec.ts';
import { readChatRequest } from './openai-chat-request.ts';
import { openaiError } from './openai-error.ts';
import { cutTexts, dataFrame, dataFrames, textHole, type CutText } from './sse.ts';

export const openaiChat: WireCodec = {
  name: 'openai-chat',
  serves: (method, path) => method === 'POST' && path === '/chat/completions',
  read: readChatRequest,
  isContinued: false,
  replyId: (token) => `chatcmpl-${token}`,
  plain,
  stream,
  failure: openaiError,
};

function plain(parts: ReplyParts): JsonObject {
  const { answer } = parts;
  return {
    ...envelope(parts, 'chat.completion'),
    choices: [{ index: 0, message: messageOf(answer), logprobs: null, finish_reason: finishOf(answer) }],
    usage: usageOf(answer.usage),
  };
}

/** `content` is null and `tool_calls` absent where there is none, as the clients expect. */
function messageOf(answer: Answer): JsonObject {
  const { content, toolCalls, refusal } = answer;
  const isSilent = refusal !== undefined || (content === '' && toolCalls.length > 0);
  return {
    role: 'assistant',
    content: isSilent ? null : content,
    refusal: refusal ?? null,
    annotations: [],
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls.map(toolCallOf) }),
  };
}

/**
 * Role first, then the texts, then an empty delta with the finish reason, then usage if it was asked for. A stream that
 * is cut has only the beginning of this.
 */
function stream(parts: StreamParts): readonly Frame[] {
  const { answer, call } = parts;
  const base = envelope(parts, 'chat.completion.chunk');
  const noUsageYet: JsonObject = call.usage === 'told' ? { usage: null } : {};
  const frames: Frame[] = [];
  let last = 0;
  const frameOf = (delta: JsonObject, finish: string | null = null): JsonObject => ({
    ...base,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
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
  addPieces(text, answer.refusal === undefined ? { content: textHole } : { refusal: textHole });
  for (const [index, call] of answer.toolCalls.entries()) {
    const cut = args[index];
    if (cut?.begun !== true) break;
    add(cut.pieces[0]?.chunk ?? last, dataFrame(frameOf({ tool_calls: [toolHead(index, call)] })));
    addPieces(cut, { tool_calls: [{ index, function: { arguments: textHole } }] });
  }
  if (parts.cutAfterChars !== null) return frames;
  add(last, dataFrame(frameOf({}, finishOf(answer))));
  if (call.usage === 'told') {
    add(last, dataFrame({ ...base, choices: [], usage: usageOf(answer.usage) }));
  }
  add(last, 'data: [DONE]\n\n');
  return frames;
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

function argumentsText(call: ToolCall): string {
  return JSON.stringify(call.arguments);
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
