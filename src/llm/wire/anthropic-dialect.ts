// Anthropic's dialect: `{type: 'error', error: {type, message}, request_id}`.
import { isJsonObject, type Json } from '../../base/json.ts';
import type { ModelFailure } from '../../team/ask.ts';
import { isRetryable, reasonOfStatus, usualStatusOf, type Dialect } from './dialect.ts';
import { stringOr } from './request-reading.ts';

export const anthropicDialect: Dialect = {
  provider: 'anthropic',
  headers: (contentType, requestId) => ({ 'content-type': contentType, 'request-id': requestId }),
  statusOf: usualStatusOf,
  failure: (failure, requestId) => ({
    type: 'error',
    error: { type: errorType(usualStatusOf(failure) ?? 500), message: failure.message },
    request_id: requestId,
  }),
  refusal: ({ status, message }) => ({
    type: 'error',
    error: { type: errorType(status), message },
    request_id: null,
  }),
  readFailure,
};

/** The error types of the API, by status. */
export function errorType(status: number): string {
  switch (status) {
    case 401:
      return 'authentication_error';
    case 403:
      return 'permission_error';
    case 404:
      return 'not_found_error';
    case 413:
      return 'request_too_large';
    case 429:
      return 'rate_limit_error';
    case 504:
      return 'timeout_error';
    case 529:
      return 'overloaded_error';
    default:
      return status >= 500 ? 'api_error' : 'invalid_request_error';
  }
}

function readFailure(status: number, body: Json): ModelFailure {
  const error = isJsonObject(body) && isJsonObject(body['error']) ? body['error'] : {};
  const message = stringOr(error['message'], `the provider answered ${status}`);
  return {
    reason: /prompt is too long|context window/i.test(message) ? 'contextLength' : reasonOfStatus(status),
    status,
    message,
    retryable: isRetryable(status),
  };
}
