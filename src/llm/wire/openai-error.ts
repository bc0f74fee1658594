// OpenAI errors: the envelope that both of its APIs answer with when a call fails.
import type { JsonObject } from '../../base/json.ts';
import type { ModelFailure } from '../../team/ask.ts';

/** `{error: {message, type, param, code}}`; `code` reaches the clients as `error.code`. */
export function openaiError(failure: ModelFailure): JsonObject {
  const { type, param, code } = kindOf(failure);
  return { error: { message: failure.message, type, param, code } };
}

interface ErrorKind {
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

function kindOf({ reason, status, message }: ModelFailure): ErrorKind {
  switch (reason) {
    case 'rateLimited':
      return /insufficient_quota|exceeded your current quota/.test(message)
        ? { type: 'insufficient_quota', param: null, code: 'insufficient_quota' }
        : { type: 'requests', param: null, code: 'rate_limit_exceeded' };
    case 'unauthorised':
      return {
        type: 'invalid_request_error',
        param: null,
        code: status === 403 ? 'unsupported_country_region_territory' : 'invalid_api_key',
      };
    case 'contextLength':
      return { type: 'invalid_request_error', param: 'messages', code: 'context_length_exceeded' };
    case 'badRequest':
      return { type: 'invalid_request_error', param: null, code: null };
    case 'serverError':
    case 'timeout':
    case 'reset':
    case 'refused':
    case 'cut':
    case 'unreachable':
      return { type: 'server_error', param: null, code: null };
  }
}
