// A codec: one door of a provider, turned into the neutral ask and back from the neutral answer. Pure.
import type { JsonObject } from '../../base/json.ts';
import type { Answer, Message, ModelFailure, ToolOffer } from '../../team/ask.ts';
import type { Usage } from '../../team/usage.ts';
import type { Dialect } from './dialect.ts';

/** What a request on the wire asks for, in no provider's dialect. */
export interface WireCall {
  readonly kind: 'call';
  readonly wants: 'answer' | 'embeddings';
  readonly model: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolOffer[];
  readonly responseSchema: JsonObject | null;
  readonly form: 'plain' | 'stream';
  /** Whether a stream ends with the usage. */
  readonly usage: 'told' | 'untold';
  /** Answers that are wanted side by side. */
  readonly choices: number;
  /** Tokens after which the answer is cut off; null: none. */
  readonly outputTokensMax: number | null;
  /** The reply that this request continues without repeating it; null when the request holds the whole conversation. */
  readonly continues: string | null;
  /** The request as it came, for replies that repeat parts of it. */
  readonly request: JsonObject;
}

/** What a codec must say of a call, and what it says where that is not as in most calls. */
export type SaidCall = Pick<WireCall, 'model' | 'messages' | 'request'> & Partial<WireCall>;

/** A whole call. Member by member: spreading a table of defaults was seen to cost twice what parsing the body does. */
export function wireCall(said: SaidCall): WireCall {
  return {
    kind: 'call',
    wants: said.wants ?? 'answer',
    model: said.model,
    messages: said.messages,
    tools: said.tools ?? [],
    responseSchema: said.responseSchema ?? null,
    form: said.form ?? 'plain',
    usage: said.usage ?? 'told',
    choices: said.choices ?? 1,
    outputTokensMax: said.outputTokensMax ?? null,
    continues: said.continues ?? null,
    request: said.request,
  };
}

/** A request that the provider would refuse. */
export interface WireProblem {
  readonly kind: 'problem';
  readonly message: string;
  readonly param: string | null;
}

/** What a request says outside its body. */
export interface WireTarget {
  /** Follows the provider's base URL, as `/chat/completions`; a version in front of it is no matter. */
  readonly path: string;
  /** With its question mark; empty when there is none. */
  readonly query: string;
}

export interface ReplyParts {
  readonly call: WireCall;
  readonly answer: Answer;
  /** What is said of the tokens; null: nothing. */
  readonly usage: Usage | null;
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

/** One event of a stream, as it was read. */
export interface StreamEvent {
  readonly event: string | null;
  readonly data: string;
}

/** What a provider's reply says, read back. */
export type Read =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly replyId: string | null }
  | { readonly kind: 'failure'; readonly failure: ModelFailure };

/** What a reply shows of its call. */
export interface Likeness {
  readonly model: string;
  readonly form: WireCall['form'];
  readonly usage: WireCall['usage'];
  readonly choices: number;
}

/** Of a codec whose replies show nothing else of the request. */
export function likenessOf({ model, form, usage, choices }: WireCall): Likeness {
  return { model, form, usage, choices };
}

export interface WireCodec {
  readonly name: string;
  readonly dialect: Dialect;
  /** Whether a request belongs to this codec. */
  serves(method: string, path: string): boolean;
  read(request: JsonObject, target: WireTarget): WireCall | WireProblem;
  /**
   * What a reply keeps for requests that continue it without repeating it. `conversation`: what was said, without
   * instructions; `everything`: instructions and tools as well.
   */
  readonly keeps: 'nothing' | 'conversation' | 'everything';
  /** The id of the reply of this name, as a later request may continue it. */
  replyId(token: string): string;
  /**
   * All of a call that its replies show: two calls with the same likeness get the same reply to the same answer, but for
   * its name and its time. Absent: replies repeat too much of the request to be alike.
   */
  likeness?(call: WireCall): Likeness;
  /** The body of a reply that is not streamed. */
  plain(parts: ReplyParts): JsonObject;
  /** The events of a streamed reply, in order. */
  stream(parts: StreamParts): readonly Frame[];
  /** An error in the middle of a stream, after so many frames. */
  streamFailure(failure: ModelFailure, framesBefore: number): string;
  /** A whole reply that a provider really gave. */
  readReply(body: JsonObject): Read;
  /** A stream that a provider really gave, to its end. */
  readStream(events: readonly StreamEvent[]): Read;
}

/** Whether a request is a `POST` to this path, with OpenAI's and Anthropic's version in front of it or without. */
export function servesPosts(door: string): WireCodec['serves'] {
  const versioned = `/v1${door}`;
  return (method, path) => method === 'POST' && (path === versioned || path === door);
}
