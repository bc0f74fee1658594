// Refusals: what a caller is told who gets no answer of a model, or may not have what they ask of the gateway.
import type { MusterError } from '../base/muster-error.ts';
import type { Handled } from '../llm/wire-traffic.ts';
import { jsonReply } from '../llm/wire/wire-reply.ts';

/** Why a request came to no model. */
export interface Refusal {
  readonly status: 400 | 404 | 413 | 503;
  readonly message: string;
  readonly code: string;
}

/** In the words of the provider whose path it is. */
export function providerRefusal({ status, message, code }: Refusal): Handled {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  return { reply: jsonReply(status, { error: { message, type, param: null, code } }) };
}

/** In the gateway's own words, for its control API. */
export function controlRefusal(status: number, { code, place, hint, message }: MusterError): Handled {
  return {
    reply: jsonReply(status, { error: { code, message, place: place ?? null, hint: hint ?? null } }),
  };
}
