// Wire traffic: a request that a team made over HTTP, and what its handler wants done about it.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { WireReply } from '../wire/wire-reply.ts';

export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly text: string;
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal;
}

export interface Handled {
  readonly reply: WireReply;
  /** Things that happen while the call is under way; they do not when the caller gives up before. */
  readonly moments?: readonly { readonly afterMs: number; readonly happen: () => void }[];
  /** The caller has all that will come. */
  readonly delivered?: () => void;
  /** The caller gave up before. */
  readonly abandoned?: () => void;
}

/** Null: the request is not this handler's. */
export type WireHandler = (request: WireRequest) => Handled | Promise<Handled> | null;

/** The request's body as a JSON object; null when it is none. */
export function bodyOf(request: WireRequest): JsonObject | null {
  return jsonBody(request.text);
}

/** A text as a JSON object; null when it is none. */
export function jsonBody(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : null;
  } catch {
    // What a team sends is data; the handler answers with 400.
    return null;
  }
}
