// A dialect: how a provider says that something is wrong, the same at all of its doors. Pure.
import type { Json, JsonObject } from '../../base/json.ts';
import type { ModelFailure } from '../../team/ask.ts';

/** A request that came to no model. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  /** The member of the request that is at fault. */
  readonly param: string | null;
  readonly code: string | null;
}

export interface Dialect {
  readonly provider: 'openai' | 'anthropic' | 'gemini';
  /** The headers of every reply: what it is, and its name. The object is the caller's. */
  headers(contentType: string, requestId: string): Record<string, string>;
  /** Status of a failure that names none itself; null where no answer comes. */
  statusOf(failure: ModelFailure): number | null;
  /** The body of a failed call. */
  failure(failure: ModelFailure, requestId: string): JsonObject;
  /** The body of a request that was not understood, or not served. */
  refusal(refusal: Refusal): JsonObject;
  /** What a failed reply says, of a provider that was really asked. `body` is null where it was no JSON. */
  readFailure(status: number, body: Json): ModelFailure;
}

/** What all providers agree on. */
export function usualStatusOf({ reason, status }: ModelFailure): number | null {
  if (status !== undefined) return status;
  switch (reason) {
    case 'rateLimited':
      return 429;
    case 'serverError':
      return 500;
    case 'unauthorised':
      return 401;
    case 'badRequest':
    case 'contextLength':
      return 400;
    case 'reset':
    case 'refused':
    case 'timeout':
    case 'cut':
    case 'unreachable':
      return null;
  }
}

/** Why a provider answered with a status, in terms that all share. */
export function reasonOfStatus(status: number): ModelFailure['reason'] {
  if (status === 429) return 'rateLimited';
  if (status === 401 || status === 403) return 'unauthorised';
  return status >= 500 || status === 408 || status === 409 ? 'serverError' : 'badRequest';
}

export function isRetryable(status: number): boolean {
  return status === 408 || status === 409 || status === 429 || status >= 500;
}
