// OpenAI Chat Completions: the codec for `POST /chat/completions`, plain and streamed.
import type { Json, JsonObject } from '../../base/json.ts';
import type { Answer, ToolCall } from '../../team/ask.ts';
import type { Usage } from '../../team/usage.ts';
import type { Frame, ReplyParts, StreamParts, WireCodec } from './codec.ts';
import { readChatRequest } from './openai-chat-request.ts';
import { openaiError } from './openai-error.ts';
import { cutTexts, dataFrame } from './sse.ts';

export const openaiChat: WireCodec = {
  name: 'openai-chat',
  serves: (method, path) => method === 'POST' && path === '/chat/completions',
  read: readChatRequest,
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
  const add = (chunk: number, delta: JsonObject, finish: string | null = null): void => {
    last = chunk;
    const choice = { index: 0, delta, logprobs: null, finish_reason: finish };
    frames.push({ chunk, text: dataFrame({ ...base, choices: [choice], ...noUsageYet }) });
  };
  const [text, ...args] = cutTexts([spoken(answer), ...answer.toolCalls.map(argumentsText)], parts);
  add(0, {
    role: 'assistant',
    content: answer.toolCalls.length > 0 && answer.content === '' ? null : '',
    refusal: null,
  });
  for (const piece of text?.pieces ?? []) {
    add(piece.chunk, answer.refusal === undefined ? { content: piece.text } : { refusal: piece.text });
  }
  for (const [index, call] of answer.toolCalls.entries()) {
    const cut = args[index];
    if (cut?.begun !== true) break;
    add(cut.pieces[0]?.chunk ?? last, { tool_calls: [toolHead(index, call)] });
    for (const piece of cut.pieces)
      add(piece.chunk, { tool_calls: [{ index, function: { arguments: piece.text } }] });
  }
  if (parts.cutAfterChars !== null) return frames;
  add(last, {}, finishOf(answer));
  if (call.usage === 'told') {
    frames.push({ chunk: last, text: dataFrame({ ...base, choices: [], usage: usageOf(answer.usage) }) });
  }
  return [...frames, { chunk: last, text: 'data: [DONE]\n\n' }];
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
