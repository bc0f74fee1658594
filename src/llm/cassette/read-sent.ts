// Reading what was sent: a provider's reply on the wire, as the neutral answer or failure that it is.
import type { Json } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import { readJson } from '../../base/json-text.ts';
import { MusterError } from '../../base/muster-error.ts';
import type { ModelRequest } from '../double.ts';
import { FailedCall } from '../failed-call.ts';
import type { SentAnswer, SentReply } from '../sent-reply.ts';
import type { Read, WireCodec } from '../wire/codec.ts';
import { codecFor } from '../wire/codecs.ts';
import { streamEvents } from '../wire/reply-reading.ts';

/**
 * Throws `FailedCall` for a reply that says that the call failed, or that ends before it is whole; `MusterError`
 * CASSETTE_NO_WIRE where the reply answers no request on the wire.
 */
export function readSent(sent: SentReply, request: ModelRequest | undefined): SentAnswer {
  const codec = request === undefined ? undefined : codecFor(request.method, request.path);
  if (codec === undefined) throw noWire();
  const read = readWith(codec, sent);
  if (read.kind === 'failure') throw new FailedCall(read.failure, sent);
  return { ...read.answer, sent, replyId: read.replyId };
}

function readWith(codec: WireCodec, { status, headers, text }: SentReply): Read {
  const body = bodyOf(text);
  if (status >= 400) return { kind: 'failure', failure: codec.dialect.readFailure(status, body) };
  if (headers['content-type']?.startsWith('text/event-stream') === true)
    return codec.readStream(streamEvents(text));
  return isJsonObject(body) ? codec.readReply(body) : unreadable();
}

function bodyOf(text: string): Json {
  const read = readJson(text);
  return read.kind === 'value' ? read.value : null;
}

function unreadable(): Read {
  const message = 'the provider answered with something that is no JSON';
  return { kind: 'failure', failure: { reason: 'serverError', message, retryable: false } };
}

function noWire(): MusterError {
  return new MusterError({
    code: 'CASSETTE_NO_WIRE',
    message: 'what was recorded is a reply over HTTP, and this call came over none',
    hint: 'replay it for the team that was recorded, or record the team as it is now',
  });
}
