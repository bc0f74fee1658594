// What is asked of a model and what it answers, in no provider's dialect.
import type { Json, JsonObject } from '../base/json.ts';
import type { Usage } from './usage.ts';

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: JsonObject;
  /**
   * The arguments as the model wrote them, where that is not the compact JSON of `arguments`: broken JSON, or no object
   * at all. It travels as it is; `arguments` is then what could be read of it.
   */
  readonly argumentsText?: string;
}

export type Message =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string; readonly toolCalls: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly callId: string; readonly name: string; readonly content: string };

export interface ToolOffer {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly parameters: JsonObject;
}

/** The arguments of a call as they travel. */
export function argumentsText(call: Omit<ToolCall, 'id'>): string {
  return call.argumentsText ?? JSON.stringify(call.arguments);
}

/** One request to a model. `key` names the call: a retry keeps it, a new turn does not. */
export interface Ask {
  readonly agent: string;
  readonly model: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolOffer[];
  /** JSON Schema of the answer's content; undefined for free text. */
  readonly responseSchema?: JsonObject;
  /** What is wanted is a vector for each message, not an answer; absent: an answer. */
  readonly wants?: 'embeddings';
  /** 1-based count of the agent's answered turns so far, plus one. */
  readonly turn: number;
  /** 1-based count of calls made for this turn. */
  readonly attempt: number;
  readonly key: string;
}

export type FinishReason = 'stop' | 'toolCalls' | 'length' | 'contentFilter';

export interface Answer {
  readonly content: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: FinishReason;
  readonly refusal?: string;
  /** What the model thought aloud before it answered; no part of the content. */
  readonly reasoning?: string;
  /** One vector for each message of an ask that wants embeddings; absent there: vectors that follow from the texts. */
  readonly embeddings?: readonly (readonly number[])[];
  readonly usage: Usage;
}

/** Why a model call failed, in terms that every provider shares. */
export interface ModelFailure {
  readonly reason:
    | 'rateLimited'
    | 'serverError'
    | 'unauthorised'
    | 'badRequest'
    | 'contextLength'
    | 'reset'
    | 'refused'
    | 'timeout'
    | 'cut'
    | 'unreachable';
  readonly status?: number;
  readonly message: string;
  readonly retryable: boolean;
  /** What the provider asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** What an agent hands over when it is finished: parsed from the content of its last answer. */
export interface Reply {
  readonly payload: JsonObject;
  readonly patch: JsonObject;
  readonly confidence: number;
  readonly flags: readonly string[];
  /** The next agent, or `end`; routers alone may set it. */
  readonly next?: string;
}

export interface ToolExchange {
  readonly call: ToolCall;
  readonly result: Json;
  readonly failed: boolean;
}
