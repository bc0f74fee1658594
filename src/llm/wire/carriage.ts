// The carriage of a model outcome: what a provider's client sees of it on the wire, and when.
import { deliveryMs, streamedLength, usualChunkChars } from '../../chaos/delivery.ts';
import type { Delivery, Mishap, ModelOutcome } from '../../chaos/outcome.ts';
import type { Answer } from '../../team/ask.ts';
import type { Frame, ReplyParts, WireCall, WireCodec } from './codec.ts';
import { damagedBody, damagedChunks, damagedFrames } from './mishap.ts';
import { textReply, type Breakage, type WireChunk, type WireReply } from './wire-reply.ts';

export interface CarriageParts {
  readonly codec: WireCodec;
  readonly call: WireCall;
  /** Names the reply: the same for every attempt of one call. */
  readonly token: string;
  readonly attempt: number;
  readonly atMs: number;
}

export function carry(outcome: ModelOutcome, parts: CarriageParts): WireReply {
  switch (outcome.kind) {
    case 'answered':
      return parts.call.form === 'stream'
        ? streamed(outcome.answer, outcome.delivery, parts)
        : whole(outcome.answer, outcome.delivery, parts);
    case 'failed':
      return failed(outcome, parts);
    case 'silent':
      return { kind: 'silent' };
  }
}

/** No header that nobody asked for: a `retry-after` changes what clients do. */
function failed(outcome: Extract<ModelOutcome, { kind: 'failed' }>, parts: CarriageParts): WireReply {
  const { failure, afterMs, headers, rawBody } = outcome;
  const { dialect } = parts.codec;
  const status = dialect.statusOf(failure);
  if (status === null) {
    return { kind: 'broken', afterMs, how: failure.reason as Breakage, message: failure.message };
  }
  return textReply({
    status,
    afterMs,
    text: rawBody ?? JSON.stringify(dialect.failure(failure, requestId(parts))),
    headers: { ...jsonHeaders(parts), ...headers },
  });
}

function jsonHeaders(parts: CarriageParts): Record<string, string> {
  return parts.codec.dialect.headers('application/json', requestId(parts));
}

/** Of a whole body of so many bytes. */
export function sizedHeaders(parts: CarriageParts, length: string): Readonly<Record<string, string>> {
  const headers = jsonHeaders(parts);
  headers['content-length'] = length;
  return headers;
}

function replyOf(answer: Answer, delivery: Delivery, { call, token, atMs }: CarriageParts): ReplyParts {
  return { call, answer, usage: delivery.toldUsage === 'untold' ? null : answer.usage, token, atMs };
}

/** A reply that is not streamed leaves the server when the answer is whole; what is cut is cut out of its JSON. */
function whole(answer: Answer, delivery: Delivery, parts: CarriageParts): WireReply {
  const { codec } = parts;
  const { end } = delivery;
  const headers = jsonHeaders(parts);
  const afterMs = deliveryMs(answer, completed(delivery)) ?? 0;
  if (end.kind === 'failed') {
    const body = codec.dialect.failure(end.failure, requestId(parts));
    return textReply({ status: 200, text: JSON.stringify(body), afterMs, headers });
  }
  const mishap = mishapOf(delivery);
  const text = damagedBody(JSON.stringify(codec.plain(replyOf(answer, delivery, parts))), mishap);
  if (end.kind === 'complete') {
    const reply = textReply({ status: 200, text, afterMs, headers });
    return reply.kind === 'response' ? rechunked(reply, mishap) : reply;
  }
  if (end.kind === 'hang' && end.share === 0) return { kind: 'silent' };
  const arrived = { afterMs, data: text.slice(0, Math.floor(text.length * end.share)) };
  const response = { kind: 'response', afterMs, status: 200, headers, chunks: [arrived] } as const;
  return {
    ...response,
    end: end.kind === 'hang' ? { kind: 'open' } : { kind: end.clean ? 'close' : 'break', afterMs },
  };
}

/** The same delivery as far as it comes, closed there. */
function completed(delivery: Delivery): Delivery {
  const { end } = delivery;
  return end.kind === 'complete'
    ? delivery
    : { ...delivery, end: { kind: 'cut', share: end.share, clean: true } };
}

function mishapOf({ mishap }: Delivery): Mishap {
  return mishap ?? { kind: 'none' };
}

type ResponseReply = Extract<WireReply, { kind: 'response' }>;

function rechunked(reply: ResponseReply, mishap: Mishap): ResponseReply {
  const chunks = damagedChunks(reply.chunks, mishap);
  if (chunks === reply.chunks || reply.end.kind === 'open') return reply;
  const afterMs = Math.max(reply.end.afterMs, chunks.at(-1)?.afterMs ?? 0);
  return { ...reply, chunks, end: { ...reply.end, afterMs } };
}

function streamed(answer: Answer, delivery: Delivery, parts: CarriageParts): WireReply {
  const { latencyMs, end } = delivery;
  const mishap = mishapOf(delivery);
  const frames = damagedFrames(framesOf(answer, delivery, parts), mishap);
  const chunks = joined(frames, delivery);
  const reply: ResponseReply = {
    kind: 'response',
    afterMs: latencyMs,
    status: 200,
    headers: streamHeaders(parts),
    chunks,
    end: endOf(answer, delivery, chunks),
  };
  return end.kind === 'hang' ? reply : rechunked(reply, mishap);
}

/** Of a stream. */
export function streamHeaders(parts: CarriageParts): Readonly<Record<string, string>> {
  const headers = parts.codec.dialect.headers('text/event-stream; charset=utf-8', requestId(parts));
  headers['cache-control'] = 'no-cache';
  return headers;
}

function framesOf(answer: Answer, delivery: Delivery, parts: CarriageParts): readonly Frame[] {
  const { codec } = parts;
  const { end } = delivery;
  const frames = codec.stream({
    ...replyOf(answer, delivery, parts),
    chunkChars: delivery.chunkChars ?? usualChunkChars,
    cutAfterChars: end.kind === 'complete' ? null : Math.round(end.share * streamedLength(answer)),
  });
  if (end.kind !== 'failed') return frames;
  const chunk = frames.at(-1)?.chunk ?? 0;
  return [...frames, { chunk, text: codec.streamFailure(end.failure, frames.length) }];
}

function endOf(answer: Answer, delivery: Delivery, chunks: readonly WireChunk[]): ResponseReply['end'] {
  const { end } = delivery;
  if (end.kind === 'hang') return { kind: 'open' };
  const afterMs = Math.max(deliveryMs(answer, delivery) ?? 0, chunks.at(-1)?.afterMs ?? 0);
  return { kind: end.kind === 'cut' && !end.clean ? 'break' : 'close', afterMs };
}

/** Frames of one moment travel together. */
function joined(
  frames: readonly Frame[],
  { latencyMs, firstTokenMs, chunkGapMs }: Delivery,
): readonly WireChunk[] {
  const momentOf = ({ chunk }: Frame): number => latencyMs + firstTokenMs + chunk * chunkGapMs;
  const together: WireChunk[] = [];
  for (let at = 0; at < frames.length;) {
    const afterMs = momentOf(frames[at]!);
    let data = '';
    for (; at < frames.length && momentOf(frames[at]!) === afterMs; at += 1) data += frames[at]!.text;
    together.push({ afterMs, data });
  }
  return together;
}

/** Of one attempt. */
function requestId({ token, attempt }: CarriageParts): string {
  return `req_${token}_${attempt}`;
}
