// Captured fetch: a `fetch` that a library kept before the interception began goes through Node's dispatcher, and is led back.

const dispatcherKey = Symbol.for('undici.globalDispatcher.1');

/** The parts of undici's dispatch options and handler that Node's own `fetch` uses (undici 6, in Node 20 and 22). */
interface DispatchOptions {
  readonly origin: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>> | readonly string[];
  readonly body: RequestInit['body'] | null;
}

interface DispatchHandler {
  onConnect?(abort: (reason?: unknown) => void): void;
  onHeaders?(status: number, rawHeaders: readonly Buffer[], resume: () => void, statusText: string): boolean;
  onData?(chunk: Buffer): boolean;
  onComplete?(trailers: readonly Buffer[]): void;
  onError?(error: unknown): void;
}

/** Until the returned function is called, every request of Node's own `fetch` is made with the present global one. */
export function redirectCapturedFetch(): () => void {
  // Node loads its HTTP client, which sets the dispatcher, at the first use of one of these classes.
  void new Request('http://localhost/');
  const home = globalThis as { [dispatcherKey]?: unknown };
  const before = home[dispatcherKey];
  home[dispatcherKey] = {
    // Asks for bodies as they were given, not as a stream of bytes.
    isMockActive: true,
    dispatch: (options: DispatchOptions, handler: DispatchHandler) => {
      void forward(options, handler);
      return true;
    },
    close: async () => Promise.resolve(),
    destroy: async () => Promise.resolve(),
  };
  return () => {
    home[dispatcherKey] = before;
  };
}

async function forward(options: DispatchOptions, handler: DispatchHandler): Promise<void> {
  const controller = new AbortController();
  try {
    handler.onConnect?.((reason) => controller.abort(reason));
    const response = await fetch(new URL(options.path, options.origin), initOf(options, controller.signal));
    const headers = [...response.headers].flatMap(([name, value]) => [Buffer.from(name), Buffer.from(value)]);
    handler.onHeaders?.(response.status, headers, () => undefined, response.statusText);
    for await (const chunk of response.body ?? []) handler.onData?.(Buffer.from(chunk as Uint8Array));
    handler.onComplete?.([]);
  } catch (error) {
    handler.onError?.(error instanceof TypeError && error.cause !== undefined ? error.cause : error);
  }
}

function initOf({ method, headers, body }: DispatchOptions, signal: AbortSignal): RequestInit {
  const named = Array.isArray(headers)
    ? pairs(headers as readonly string[])
    : { ...(headers as Record<string, string>) };
  const head = { method, headers: named, signal };
  return body === null || body === undefined ? head : { ...head, body, duplex: 'half' };
}

function pairs(flat: readonly string[]): [string, string][] {
  const list: [string, string][] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) list.push([flat[index]!, flat[index + 1]!]);
  return list;
}
