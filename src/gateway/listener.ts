// The listener: HTTP in and out. It reads what comes, bears with what is broken, and has the rest answered.
import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { afterThisTurn, type Time } from '../base/clock.ts';
import type { NowOrLater } from '../base/now-or-later.ts';
import type { ModelRequest } from '../llm/double.ts';
import type { Handled } from '../llm/traffic/wire-traffic.ts';
import { deliver } from './deliver.ts';
import { destinationOf, type Destination } from './destination.ts';
import { BodyReader, type IncomingBody } from './incoming-body.ts';
import type { GatewayLimits } from './limits.ts';

/** A request that is whole. */
export interface Caller {
  readonly destination: Destination;
  readonly request: ModelRequest;
}

export interface ListenerParts {
  readonly limits: GatewayLimits;
  readonly time: Time;
  readonly answer: (caller: Caller) => NowOrLater<Handled>;
  /** What a caller is told whose body cannot be taken. */
  readonly refuse: (caller: Caller, body: UnfitBody) => Handled;
  /** An error of our own: the caller gets a 500, and we hear of it. */
  readonly onDefect: (error: unknown) => void;
}

export type UnfitBody = Exclude<IncomingBody, { readonly kind: 'text' | 'gone' }>;

/** How often, at least, Node looks for connections that keep it waiting. */
const checkingMsMax = 1_000;
/** A connection without a request stays open so long: longer than clients keep theirs. */
const idleMs = 75_000;

export function listener(parts: ListenerParts): Server {
  const { limits } = parts;
  const bodies = new BodyReader(limits);
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.min(checkingMsMax, limits.headersMs / 2),
      keepAliveTimeout: idleMs,
    },
    (incoming, response) => take(parts, { bodies, incoming, response }),
  );
  server.on('clientError', answerBroken);
  return server;
}

interface Taken {
  readonly bodies: BodyReader;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
}

function take(parts: ListenerParts, { bodies, incoming, response }: Taken): void {
  response.on('error', ignore);
  const headers = new RequestHeaders(incoming.rawHeaders);
  const destination = destinationOf(incoming.url ?? '/', headers);
  bodies.read(incoming, headers, (body) => {
    if (body.kind === 'gone') return;
    const { path, query } = destination;
    const text = body.kind === 'text' ? body.text : '';
    const request: ModelRequest = { method: incoming.method ?? 'GET', path, query, headers, text };
    const caller: Caller = { destination, request };
    if (body.kind === 'text') {
      // Reading all that came in and then answering all of it costs a third less than going to and fro between both.
      afterThisTurn(() => reply(parts, caller, response));
      return;
    }
    deliver(parts.refuse(caller, body), response, parts.time);
    drain(incoming, parts.limits.bodyBytesMax * drainedBodiesMax);
  });
}

function reply(parts: ListenerParts, caller: Caller, response: ServerResponse): void {
  const { answer, time, onDefect } = parts;
  const failed = (error: unknown): void => {
    onDefect(error);
    response.destroy();
  };
  try {
    const handled = answer(caller);
    if (handled instanceof Promise) handled.then((late) => deliver(late, response, time)).catch(failed);
    else deliver(handled, response, time);
  } catch (error) {
    failed(error);
  }
}

function ignore(): void {
  // A broken connection is told by `close`.
}

/** Headers as a double may ask for them, in lower case; Node's own table is made only by who asks for all of them. */
class RequestHeaders {
  readonly #raw: readonly string[];

  constructor(raw: readonly string[]) {
    this.#raw = raw;
  }

  get(name: string): string | null {
    const raw = this.#raw;
    for (let at = 0; at < raw.length; at += 2) {
      const here = raw[at]!;
      if (here.length === name.length && here.toLowerCase() === name) return raw[at + 1]!;
    }
    return null;
  }
}

/** A body that was refused is still read, up to so many times the limit of one, so that its sender hears why. */
const drainedBodiesMax = 8;

function drain(incoming: IncomingMessage, bytesMax: number): void {
  let bytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > bytesMax) incoming.destroy();
  });
}

/** What is no HTTP, too long a header, or too slow a one. */
function answerBroken(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statusOfBroken(error.code);
  const body = JSON.stringify({
    error: { message: error.message, type: 'invalid_request_error', param: null, code: error.code ?? null },
  });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function statusOfBroken(code: string | undefined): 400 | 408 | 431 {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}
