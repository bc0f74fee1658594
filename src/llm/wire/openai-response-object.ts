// The response object of the Responses API: the whole of it, as plain replies and first and last events carry it.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { argumentsText, type Answer, type ToolCall } from '../../team/ask.ts';
import type { Usage } from '../../team/usage.ts';
import type { ReplyParts } from './codec.ts';

export function responseId(token: string): string {
  return `resp_${token}`;
}

export function messageId(token: string): string {
  return `msg_${token}`;
}

/** Items of function calls have an id of their own beside the call's. */
export function callItemId(token: string, index: number): string {
  return `fc_${token}_${index}`;
}

/** The response as it is when nothing has been answered yet. */
export function openResponse(parts: ReplyParts): JsonObject {
  return responseObject(parts, { status: 'in_progress', incomplete_details: null, output: [], usage: null });
}

/** The response as it is in the end: completed, or incomplete when it was cut by length or filtered. */
export function closedResponse(parts: ReplyParts): JsonObject {
  const { answer, usage } = parts;
  const reason = incompleteReason(answer);
  return responseObject(parts, {
    status: reason === null ? 'completed' : 'incomplete',
    incomplete_details: reason === null ? null : { reason },
    output: outputOf(parts),
    ...(usage === null ? {} : { usage: usageOf(usage) }),
  });
}

/** Why a response is incomplete; null when it is complete. */
export function incompleteReason(answer: Answer): 'max_output_tokens' | 'content_filter' | null {
  switch (answer.finishReason) {
    case 'stop':
    case 'toolCalls':
      return null;
    case 'length':
      return 'max_output_tokens';
    case 'contentFilter':
      return 'content_filter';
  }
}

export function hasMessage({ content, refusal, toolCalls }: Answer): boolean {
  return content !== '' || refusal !== undefined || toolCalls.length === 0;
}

export function messageItem(
  { answer, token }: ReplyParts,
  status: string,
  content: readonly Json[],
): JsonObject {
  return {
    id: messageId(token),
    type: 'message',
    status: answer.finishReason === 'length' && status === 'completed' ? 'incomplete' : status,
    role: 'assistant',
    content,
  };
}

export function contentPart(answer: Answer, text: string): JsonObject {
  return answer.refusal === undefined
    ? { type: 'output_text', text, annotations: [], logprobs: [] }
    : { type: 'refusal', refusal: text };
}

export interface CallItem {
  readonly call: ToolCall;
  readonly index: number;
  readonly status: 'in_progress' | 'completed';
  readonly argumentsText: string;
}

export function callItem(token: string, { call, index, status, argumentsText }: CallItem): JsonObject {
  return {
    id: callItemId(token, index),
    type: 'function_call',
    status,
    arguments: argumentsText,
    call_id: call.id,
    name: call.name,
  };
}

/** Items of reasoning have an id of their own; its summary is all that is told of it. */
export function reasoningItem(
  token: string,
  reasoning: string,
  status: 'in_progress' | 'completed',
): JsonObject {
  const summary = status === 'completed' ? [{ type: 'summary_text', text: reasoning }] : [];
  return { id: `rs_${token}`, type: 'reasoning', summary, status };
}

function outputOf(parts: ReplyParts): readonly JsonObject[] {
  const { answer, token } = parts;
  const text = answer.refusal ?? answer.content;
  const calls = answer.toolCalls.map((call, index) =>
    callItem(token, { call, index, status: 'completed', argumentsText: argumentsText(call) }),
  );
  return [
    ...(answer.reasoning === undefined ? [] : [reasoningItem(token, answer.reasoning, 'completed')]),
    ...(hasMessage(answer) ? [messageItem(parts, 'completed', [contentPart(answer, text)])] : []),
    ...calls,
  ];
}

/** Settings are repeated as the request had them, with the provider's defaults where it was silent. */
function responseObject({ call, token, atMs }: ReplyParts, state: JsonObject): JsonObject {
  const { request } = call;
  const asked = (name: string, otherwise: Json): Json => request[name] ?? otherwise;
  const text = request['text'];
  return {
    id: responseId(token),
    object: 'response',
    created_at: Math.floor(atMs / 1000),
    ...state,
    background: false,
    error: null,
    instructions: asked('instructions', null),
    max_output_tokens: asked('max_output_tokens', null),
    max_tool_calls: asked('max_tool_calls', null),
    model: call.model,
    parallel_tool_calls: asked('parallel_tool_calls', true),
    previous_response_id: call.continues,
    prompt_cache_key: asked('prompt_cache_key', null),
    reasoning: asked('reasoning', { effort: null, summary: null }),
    safety_identifier: asked('safety_identifier', null),
    service_tier: 'default',
    store: asked('store', true),
    temperature: asked('temperature', 1),
    text: isJsonObject(text)
      ? { format: { type: 'text' }, ...text }
      : { format: { type: 'text' }, verbosity: 'medium' },
    tool_choice: asked('tool_choice', 'auto'),
    tools: asked('tools', []),
    top_logprobs: asked('top_logprobs', 0),
    top_p: asked('top_p', 1),
    truncation: asked('truncation', 'disabled'),
    user: asked('user', null),
    metadata: asked('metadata', {}),
  };
}

function usageOf({ inputTokens, outputTokens }: Usage): JsonObject {
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + outputTokens,
  };
}
