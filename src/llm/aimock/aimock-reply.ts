// Replies of aimock fixtures, as replies of a script.
import type { Json, JsonObject } from '../../base/json.ts';
import { MusterError } from '../../base/muster-error.ts';
import type { AimockFixture, AimockResponse } from './aimock-schema.ts';

/** Every attempt is struck. */
const always = 1_000_000;

/** Throws `MusterError` AIMOCK_UNSUPPORTED for what a script cannot say. */
export function aimockReply(fixture: AimockFixture, place: string): JsonObject {
  const { response } = fixture;
  const { embedding, error } = response;
  if (error !== undefined) return { fault: errorFault(response, place), faultAttempts: always };
  if (embedding !== undefined) return { embedding };
  const said = { ...spoken(response), ...about(response) };
  if (Object.keys(said).length === 0)
    throw unsupported(place, `a response of ${Object.keys(response).join(', ') || 'nothing'}`);
  const cut = cutFault(fixture);
  return cut === null ? said : { ...said, fault: cut, faultAttempts: always };
}

/** Texts of blocks are one text: an answer here has its text before its tool calls. */
function spoken({ content, toolCalls, blocks }: AimockResponse): JsonObject {
  const texts = blocks?.flatMap((one) => (one.type === 'text' ? [one.text] : [])) ?? [];
  const calls = toolCalls ?? blocks?.flatMap((one) => (one.type === 'toolCall' ? [one] : [])) ?? [];
  const text = content ?? (texts.length === 0 ? undefined : texts.join(''));
  return {
    ...(text === undefined ? {} : { content: text }),
    ...(calls.length === 0 ? {} : { toolCalls: calls.map(callOf) }),
  };
}

function callOf({
  name,
  arguments: written,
  id,
}: NonNullable<AimockResponse['toolCalls']>[number]): JsonObject {
  const text = Array.isArray(written) ? JSON.stringify(written) : written;
  return { name, arguments: text, ...(id === undefined ? {} : { id }) };
}

const reasons = {
  stop: 'stop',
  tool_calls: 'toolCalls',
  length: 'length',
  content_filter: 'contentFilter',
} as const;

function about({ reasoning, finishReason, usage }: AimockResponse): JsonObject {
  return {
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(finishReason === undefined ? {} : { finishReason: reasons[finishReason] }),
    ...(usage === undefined ? {} : { usage: tokensOf(usage) }),
  };
}

/** Each provider has names of its own for the two counts. */
function tokensOf(usage: JsonObject): JsonObject {
  const first = (...names: readonly string[]): Json =>
    names.map((name) => usage[name]).find((value) => typeof value === 'number') ?? 0;
  return {
    inputTokens: first('prompt_tokens', 'input_tokens', 'promptTokenCount'),
    outputTokens: first('completion_tokens', 'output_tokens', 'candidatesTokenCount'),
  };
}

/** Status and waiting time are kept; the words are those of the provider. */
function errorFault({ status = 500, retryAfter = 1 }: AimockResponse, place: string): JsonObject {
  switch (status) {
    case 429:
      return { kind: 'llm.rateLimit', retryAfterMs: retryAfter * 1000 };
    case 401:
    case 403:
      return { kind: 'llm.authError', status };
    case 500:
    case 502:
    case 503:
    case 504:
    case 529:
      return { kind: 'llm.serverError', status };
    default:
      throw unsupported(place, `an error with status ${status}`);
  }
}

function cutFault({ truncateAfterChunks, disconnectAfterMs }: AimockFixture): JsonObject | null {
  if (truncateAfterChunks !== undefined)
    return { kind: 'stream.cut', after: truncateAfterChunks, unit: 'chunks' };
  if (disconnectAfterMs !== undefined) return { kind: 'stream.cut', after: disconnectAfterMs, unit: 'ms' };
  return null;
}

function unsupported(place: string, what: string): MusterError {
  return new MusterError({
    code: 'AIMOCK_UNSUPPORTED',
    place,
    message: `a script cannot say ${what}`,
    hint: 'take this fixture out, or write it as an entry of a script; docs/gateway.md says how',
  });
}
