// OpenAI's dialect: the envelope that all of its APIs answer with when a call fails.
import { isJsonObject, type Json } from '../../base/json.ts';
import type { ModelFailure } from '../../team/ask.ts';
import { isRetryable, reasonOfStatus, usualStatusOf, type Dialect } from './dialect.ts';
import { stringOr } from './request-reading.ts';

/** `{error: {message, type, param, code}}`; `code` reaches the clients as `error.code`. */
export const openaiDialect: Dialect = {
  provider: 'openai',
  headers: (contentType, requestId) => ({ 'content-type': contentType, 'x-request-id': requestId }),
  statusOf: usualStatusOf,
  failure: (failure) => ({ error: { message: failure.message, ...kindOf(failure) } }),
  refusal: ({ status, message, param, code }) => ({
    error: { message, type: status >= 500 ? 'server_error' : 'invalid_request_error', param, code },
  }),
  readFailure,
};

function readFailure(status: number, body: Json): ModelFailure {
  const error = isJsonObject(body) && isJsonObject(body['error']) ? body['error'] : {};
  const isTooLong = error['code'] === 'context_length_exceeded';
  return {
    reason: isTooLong ? 'contextLength' : reasonOfStatus(status),
    status,
    message: stringOr(error['message'], `the provider answered ${status}`),
    retryable: isRetryable(status),
  };
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
