// The interception: all HTTP of this process goes to the handlers of the current run, in virtual time, and none leaves it.
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { MusterError } from '../../base/muster-error.ts';
import type { VirtualTime } from '../../base/virtual-time.ts';
import { carryOut, networkErrorOf } from './carry-out.ts';
import { redirectCapturedFetch } from './captured-fetch.ts';
import type { Handled, WireHandler, WireRequest } from './wire-traffic.ts';

const fetchMark = 'x-muster-fetch';

export interface InterceptParts {
  readonly time: VirtualTime;
  /** Asked in turn; the first that does not say null handles the request. */
  readonly handlers: readonly WireHandler[];
  /** A request for nobody, or a handler that threw: the run is worth nothing. */
  readonly onError: (error: unknown) => void;
}

export interface Interception {
  /** Requests that have no answer yet. */
  inFlight(): number;
  stop(): void;
}

/**
 * One run at a time: it is to be called within virtual time. A `fetch` that a library kept from before, and `node:http`,
 * are caught as well.
 */
export function intercept({ time, handlers, onError }: InterceptParts): Interception {
  let inFlight = 0;
  const server = setupServer(
    http.all('*', async ({ request }) => {
      inFlight += 1;
      try {
        const wireRequest = await readRequest(request);
        return await carryOut(await handle(wireRequest, handlers), wireRequest, time);
      } catch (error) {
        onError(error);
        return HttpResponse.error();
      } finally {
        inFlight -= 1;
      }
    }),
  );
  server.listen({ onUnhandledRequest: 'error' });
  // A reply that a client of `fetch` cancels would otherwise never settle: msw keeps an unread copy of it (msw 2.15,
  // Node 20). The copy of a `node:http` reply is another kind of stream, which breaks when it is cancelled.
  server.events.on('response:mocked', ({ request, response }) => {
    if (request.headers.has(fetchMark)) void response.body?.cancel().catch(() => undefined);
  });
  const restoreFetch = wrapFetch();
  const restoreCaptured = redirectCapturedFetch();
  return {
    inFlight: () => inFlight,
    stop: () => {
      restoreCaptured();
      restoreFetch();
      server.close();
    },
  };
}

async function readRequest(request: Request): Promise<WireRequest> {
  return {
    method: request.method,
    url: new URL(request.url),
    headers: request.headers,
    text: await request.text(),
    signal: request.signal,
  };
}

async function handle(request: WireRequest, handlers: readonly WireHandler[]): Promise<Handled> {
  for (const handler of handlers) {
    const handled = handler(request);
    if (handled !== null) return handled;
  }
  throw unhandled(request);
}

function unhandled({ method, url }: WireRequest): MusterError {
  return new MusterError({
    code: 'INTERCEPT_UNHANDLED',
    message: `the team made a request that nothing stands in for: ${method} ${url.href}`,
    place: url.origin,
    hint: 'declare a route for it, or add its base URL to the providers of the subject; it was not sent',
  });
}

/** Marks the requests of `fetch`. Errors of a broken connection are given the shape that Node's own `fetch` gives them. */
function wrapFetch(): () => void {
  const mocked = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    headers.set(fetchMark, 'yes');
    try {
      return await mocked(input, { ...init, headers });
    } catch (error) {
      throw networkErrorOf(error) ?? error;
    }
  };
  return () => {
    globalThis.fetch = mocked;
  };
}
