// Gemini's dialect: `{error: {code, message, status}}`, whose status is a name.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { ModelFailure } from '../../team/ask.ts';
import { isRetryable, reasonOfStatus, usualStatusOf, type Dialect } from './dialect.ts';
import { stringOr } from './request-reading.ts';

export const geminiDialect: Dialect = {
  provider: 'gemini',
  headers: (contentType, requestId) => ({ 'content-type': contentType, 'x-request-id': requestId }),
  statusOf: usualStatusOf,
  failure: (failure) => geminiError(usualStatusOf(failure) ?? 500, failure.message),
  refusal: ({ status, message }) => geminiError(status, message),
  readFailure: (status: number, body: Json): ModelFailure => {
    const error = isJsonObject(body) && isJsonObject(body['error']) ? body['error'] : {};
    const message = stringOr(error['message'], `the provider answered ${status}`);
    return {
      reason: /token count .* exceeds/i.test(message) ? 'contextLength' : reasonOfStatus(status),
      status,
      message,
      retryable: isRetryable(status),
    };
  },
};

export function geminiError(code: number, message: string): JsonObject {
  return { error: { code, message, status: statusName(code) } };
}

function statusName(code: number): string {
  switch (code) {
    case 401:
      return 'UNAUTHENTICATED';
    case 403:
      return 'PERMISSION_DENIED';
    case 404:
      return 'NOT_FOUND';
    case 429:
      return 'RESOURCE_EXHAUSTED';
    case 499:
      return 'CANCELLED';
    case 500:
      return 'INTERNAL';
    case 504:
      return 'DEADLINE_EXCEEDED';
    default:
      return code >= 500 ? 'UNAVAILABLE' : 'INVALID_ARGUMENT';
  }
}
