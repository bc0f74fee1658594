// Carrying out a reply: the planned status, chunks and breaks of a connection, at their moments in virtual time.
import type { Time } from '../../base/clock.ts';
import type { Handled, WireRequest } from './wire-traffic.ts';
import type { Breakage, WireChunk, WireReply } from '../wire/wire-reply.ts';

type ResponseReply = Extract<WireReply, { kind: 'response' }>;

/** Timers of one call; all are dropped together when the caller gives up. */
interface Call {
  readonly after: (afterMs: number, happen: () => void) => void;
  /** The caller has it all. */
  readonly deliver: () => void;
  /** The caller goes away: what has not happened yet does not happen any more. */
  readonly giveUp: () => void;
  readonly onGivenUp: (act: () => void) => void;
}

/** Settles when the head of the reply is there; never for a silent one, and never when the caller gives up before. */
export async function carryOut(handled: Handled, request: WireRequest, time: Time): Promise<Response> {
  const call = openCall(handled, request, time);
  for (const { afterMs, happen } of handled.moments ?? []) call.after(afterMs, happen);
  const { reply } = handled;
  return new Promise((resolve) => {
    switch (reply.kind) {
      case 'silent':
        return;
      case 'broken':
        return call.after(reply.afterMs, () => {
          call.deliver();
          resolve(brokenResponse(reply));
        });
      case 'response':
        return call.after(reply.afterMs, () => resolve(responseOf(reply, call, request.signal)));
    }
  });
}

function openCall(handled: Handled, { signal }: WireRequest, time: Time): Call {
  const cancels: (() => void)[] = [];
  let isSettled = false;
  const settle = (how: 'delivered' | 'abandoned'): void => {
    if (isSettled) return;
    isSettled = true;
    handled[how]?.();
  };
  const giveUp = (): void => {
    for (const cancel of cancels) cancel();
    settle('abandoned');
  };
  const onGivenUp = (act: () => void): void => {
    if (signal.aborted) act();
    else signal.addEventListener('abort', act, { once: true });
  };
  onGivenUp(giveUp);
  return {
    after: (afterMs, happen) => {
      if (!signal.aborted) cancels.push(time.after(afterMs, happen));
    },
    deliver: () => settle('delivered'),
    giveUp,
    onGivenUp,
  };
}

function responseOf(reply: ResponseReply, call: Call, signal: AbortSignal): Response {
  const init = { status: reply.status, headers: reply.headers };
  if (isWholeAtOnce(reply)) {
    call.deliver();
    return new Response(mayHaveBody(reply.status) ? bytesOf(reply.chunks) : null, init);
  }
  return new Response(bodyOf(reply, call, signal), init);
}

/** One chunk, as nearly all such replies are, is passed on as it is. */
function bytesOf(chunks: readonly WireChunk[]): string | Uint8Array<ArrayBuffer> {
  const [first] = chunks;
  if (chunks.length === 1 && typeof first?.data === 'string') return first.data;
  return Buffer.concat(chunks.map(({ data }) => (typeof data === 'string' ? Buffer.from(data) : data)));
}

function isWholeAtOnce({ chunks, end, afterMs }: ResponseReply): boolean {
  return end.kind === 'close' && end.afterMs <= afterMs && chunks.every((chunk) => chunk.afterMs <= afterMs);
}

function mayHaveBody(status: number): boolean {
  return status !== 204 && status !== 205 && status !== 304;
}

/** The chunks come by themselves, whether or not they are read: a server does not wait for its client. */
function bodyOf(reply: ResponseReply, call: Call, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const { chunks, end, afterMs } = reply;
  const last = chunks.length - 1;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      for (const [index, chunk] of chunks.entries()) {
        call.after(chunk.afterMs - afterMs, () => {
          controller.enqueue(typeof chunk.data === 'string' ? encoder.encode(chunk.data) : chunk.data);
          if (index === last && end.kind === 'close') call.deliver();
        });
      }
      call.onGivenUp(() => controller.error(signal.reason));
      if (end.kind === 'open') return;
      call.after(end.afterMs - afterMs, () => {
        call.deliver();
        if (end.kind === 'close') controller.close();
        else controller.error(cutError());
      });
    },
    cancel() {
      call.giveUp();
    },
  });
}

const brokenReplies = new WeakMap<Response, Error>();

function brokenResponse({ how, message }: Extract<WireReply, { kind: 'broken' }>): Response {
  const response = Response.error();
  brokenReplies.set(response, new TypeError('fetch failed', { cause: socketError(how, message) }));
  return response;
}

/** What Node's own `fetch` would have thrown; null for an error that is not of a broken connection. */
export function networkErrorOf(error: unknown): Error | null {
  if (!(error instanceof TypeError) || !(error.cause instanceof Response)) return null;
  return brokenReplies.get(error.cause) ?? new TypeError('fetch failed', { cause: error });
}

const codes: Readonly<Record<Breakage, string>> = {
  reset: 'ECONNRESET',
  refused: 'ECONNREFUSED',
  timeout: 'UND_ERR_HEADERS_TIMEOUT',
  unreachable: 'ETIMEDOUT',
  cut: 'UND_ERR_SOCKET',
};

function socketError(how: Breakage, message: string): Error {
  return Object.assign(new Error(message), { code: codes[how] });
}

/** As undici words a connection that ends in the middle of a body. */
function cutError(): Error {
  return new TypeError('terminated', { cause: socketError('cut', 'other side closed') });
}
