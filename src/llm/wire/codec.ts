// A codec: one provider's wire, turned into the neutral ask and back from the neutral answer. Pure.
import type { JsonObject } from '../../base/json.ts';
import type { Answer, Message, ModelFailure, ToolOffer } from '../../team/ask.ts';

/** What a request on the wire asks for, in no provider's dialect. */
export interface WireCall {
  readonly kind: 'call';
  readonly model: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolOffer[];
  readonly responseSchema: JsonObject | null;
  readonly form: 'plain' | 'stream';
  /** Whether a stream ends with the usage. */
  readonly usage: 'told' | 'untold';
  /** The reply that this request continues without repeating it; null when the request holds the whole conversation. */
  readonly continues: string | null;
  /** The request as it came, for replies that repeat parts of it. */
  readonly request: JsonObject;
}

/** A request that the provider would refuse. */
export interface WireProblem {
  readonly kind: 'problem';
  readonly message: string;
  readonly param: string | null;
}

export interface ReplyParts {
  readonly call: WireCall;
  readonly answer: Answer;
  /** Names the reply; ids on the wire are made of it. */
  readonly token: string;
  readonly atMs: number;
}

export interface StreamParts extends ReplyParts {
  /** Characters in one chunk. */
  readonly chunkChars: number;
  /** Characters of the answer after which the stream ends without its last frames; null when it is whole. */
  readonly cutAfterChars: number | null;
}

/** One server-sent event. `chunk` counts the chunks of the answer's text from 0; heads are in the first, tails in the last. */
export interface Frame {
  readonly chunk: number;
  readonly text: string;
}

export interface WireCodec {
  readonly name: string;
  /** Whether a request belongs to this codec; `path` follows the base URL, as `/chat/completions`. */
  serves(method: string, path: string): boolean;
  read(request: JsonObject): WireCall | WireProblem;
  /** Whether a later request may continue a reply without repeating what was said before. */
  readonly isContinued: boolean;
  /** The id of the reply of this name, as a later request may continue it. */
  replyId(token: string): string;
  /** The body of a reply that is not streamed. */
  plain(parts: ReplyParts): JsonObject;
  /** The events of a streamed reply, in order. */
  stream(parts: StreamParts): readonly Frame[];
  /** The provider's error body. */
  failure(failure: ModelFailure): JsonObject;
}
