// Refusals: what a caller is told who gets no answer of a model, or may not have what they ask of the gateway.
import type { MusterError } from '../base/muster-error.ts';
import type { Handled } from '../llm/traffic/wire-traffic.ts';
import type { ModelRequest } from '../llm/double.ts';
import { dialectOf } from '../llm/wire/codecs.ts';
import { jsonReply } from '../llm/wire/wire-reply.ts';

/** Why a request came to no model. */
export interface Refusal {
  readonly status: 400 | 404 | 413 | 503;
  readonly message: string;
  readonly code: string;
}

/** In the words of the provider whose path it is. */
export function providerRefusal({ path }: Pick<ModelRequest, 'path'>, refusal: Refusal): Handled {
  return { reply: jsonReply(refusal.status, dialectOf(path).refusal({ ...refusal, param: null })) };
}

/** In the gateway's own words, for its control API. */
export function controlRefusal(status: number, { code, place, hint, message }: MusterError): Handled {
  return {
    reply: jsonReply(status, { error: { code, message, place: place ?? null, hint: hint ?? null } }),
  };
}
