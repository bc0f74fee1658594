// The carriage of a model outcome: what a provider's client sees of it on the wire, and when.
import { deliveryMs, streamedLength, usualChunkChars } from '../../chaos/delivery.ts';
import type { Delivery, ModelOutcome } from '../../chaos/outcome.ts';
import type { Answer, ModelFailure } from '../../team/ask.ts';
import type { WireCall, WireCodec } from './codec.ts';
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

/** Status of failures that are answers; null where no answer comes. A status in the failure itself counts first. */
function statusOf(failure: ModelFailure): number | null {
  if (failure.status !== undefined) return failure.status;
  switch (failure.reason) {
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

/** No header that nobody asked for: a `retry-after` changes what clients do. */
function failed(outcome: Extract<ModelOutcome, { kind: 'failed' }>, parts: CarriageParts): WireReply {
  const { failure, afterMs, headers, rawBody } = outcome;
  const status = statusOf(failure);
  if (status === null) {
    return { kind: 'broken', afterMs, how: failure.reason as Breakage, message: failure.message };
  }
  return textReply({
    status,
    afterMs,
    text: rawBody ?? JSON.stringify(parts.codec.failure(failure)),
    headers: { 'content-type': 'application/json', 'x-request-id': requestId(parts), ...headers },
  });
}

/** A reply that is not streamed leaves the server when the answer is whole; what is cut is cut out of its JSON. */
function whole(answer: Answer, delivery: Delivery, parts: CarriageParts): WireReply {
  const { codec, call, token, atMs } = parts;
  const { end } = delivery;
  const text = JSON.stringify(codec.plain({ call, answer, token, atMs }));
  const headers = { 'content-type': 'application/json', 'x-request-id': requestId(parts) };
  if (end.kind === 'complete') {
    return textReply({ status: 200, text, afterMs: deliveryMs(answer, delivery) ?? 0, headers });
  }
  if (end.kind === 'hang' && end.share === 0) return { kind: 'silent' };
  const afterMs =
    deliveryMs(answer, { ...delivery, end: { kind: 'cut', share: end.share, clean: true } }) ?? 0;
  const chunks: readonly WireChunk[] = [
    { afterMs, text: text.slice(0, Math.floor(text.length * end.share)) },
  ];
  const response = { kind: 'response', afterMs, status: 200, headers, chunks } as const;
  return {
    ...response,
    end: end.kind === 'hang' ? { kind: 'open' } : { kind: end.clean ? 'close' : 'break', afterMs },
  };
}

function streamed(answer: Answer, delivery: Delivery, parts: CarriageParts): WireReply {
  const { codec, call, token, atMs } = parts;
  const { latencyMs, firstTokenMs, chunkGapMs, end } = delivery;
  const chunkChars = delivery.chunkChars ?? usualChunkChars;
  const cutAfterChars = end.kind === 'complete' ? null : Math.round(end.share * streamedLength(answer));
  const frames = codec.stream({ call, answer, token, atMs, chunkChars, cutAfterChars });
  const chunks = joined(
    frames.map((frame) => ({
      afterMs: latencyMs + firstTokenMs + frame.chunk * chunkGapMs,
      text: frame.text,
    })),
  );
  return {
    kind: 'response',
    afterMs: latencyMs,
    status: 200,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-request-id': requestId(parts),
    },
    chunks,
    end: endOf(answer, delivery, chunks),
  };
}

function endOf(
  answer: Answer,
  delivery: Delivery,
  chunks: readonly WireChunk[],
): Extract<WireReply, { kind: 'response' }>['end'] {
  const { end } = delivery;
  if (end.kind === 'hang') return { kind: 'open' };
  const afterMs = Math.max(deliveryMs(answer, delivery) ?? 0, chunks.at(-1)?.afterMs ?? 0);
  return { kind: end.kind === 'complete' || end.clean ? 'close' : 'break', afterMs };
}

/** Frames of one moment travel together. */
function joined(chunks: readonly WireChunk[]): readonly WireChunk[] {
  const together: WireChunk[] = [];
  for (let at = 0; at < chunks.length;) {
    const { afterMs } = chunks[at]!;
    let text = '';
    for (; chunks[at]?.afterMs === afterMs; at += 1) text += chunks[at]!.text;
    together.push({ afterMs, text });
  }
  return together;
}

function requestId({ token, attempt }: CarriageParts): string {
  return `req_${token}_${attempt}`;
}
