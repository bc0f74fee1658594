// A load of HTTP requests over plain sockets: as little work on this side as can be, so that the server sets the pace.
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { elapsedMs } from '../../src/base/clock.ts';

export interface HttpLoad {
  readonly port: number;
  readonly connections: number;
  /** Whole requests, sent in turn. */
  readonly requests: readonly Buffer[];
}

export interface Loaded {
  readonly count: number;
  readonly wallMs: number;
}

/** Requests one after the other, each connection with one at a time. */
export class HttpLoader {
  readonly #load: HttpLoad;
  #sent = 0;
  #left = 0;

  constructor(load: HttpLoad) {
    this.#load = load;
  }

  /** So many requests, shared by connections that are opened for them: servers close those that are idle for long. */
  async slice(count: number): Promise<Loaded> {
    const sockets = await this.#open();
    const startMs = elapsedMs();
    let isOver = false;
    // A server that answers slowly would find its callers asleep, and pay for waking them.
    const stayAwake = (): void => {
      if (!isOver) setImmediate(stayAwake);
    };
    stayAwake();
    this.#left = count;
    await Promise.all(sockets.map(async (socket) => this.#lane(socket)));
    isOver = true;
    for (const socket of sockets) socket.destroy();
    return { count, wallMs: elapsedMs() - startMs };
  }

  async #open(): Promise<readonly Socket[]> {
    const { port, connections } = this.#load;
    return Promise.all(
      Array.from({ length: connections }, async () => {
        const socket = connect({ port, host: '127.0.0.1', noDelay: true });
        await once(socket, 'connect');
        return socket;
      }),
    );
  }

  async #lane(socket: Socket): Promise<void> {
    return new Promise((resolve, reject) => {
      const next = (): void => {
        if (this.#left > 0) return this.#send(socket);
        socket.off('data', read);
        socket.off('error', reject);
        resolve();
      };
      const reader = new ReplyReader(next);
      const read = (chunk: Buffer): void => {
        const wrong = reader.take(chunk);
        if (wrong !== null) reject(wrong);
      };
      socket.on('data', read);
      socket.on('error', reject);
      next();
    });
  }

  #send(socket: Socket): void {
    const { requests } = this.#load;
    socket.write(requests[this.#sent % requests.length]!);
    this.#sent += 1;
    this.#left -= 1;
  }
}

const headEnd = Buffer.from('\r\n\r\n');
const chunkedEnd = Buffer.from('0\r\n\r\n');

/** Tells when a reply is whole, by its length or its last chunk. */
export class ReplyReader {
  readonly #onWhole: () => void;
  #held: Buffer = Buffer.alloc(0);

  constructor(onWhole: () => void) {
    this.#onWhole = onWhole;
  }

  /** An error for any status but 200. */
  take(chunk: Buffer): Error | null {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const head = this.#held.indexOf(headEnd);
    if (head < 0) return null;
    const text = this.#held.toString('latin1', 0, head);
    if (!text.startsWith('HTTP/1.1 200'))
      return new Error(`the server said: ${this.#held.toString().slice(0, 400)}`);
    const length = /content-length: (\d+)/i.exec(text)?.[1];
    const isWhole =
      length === undefined
        ? this.#held.subarray(-chunkedEnd.length).equals(chunkedEnd)
        : this.#held.length >= head + headEnd.length + Number(length);
    if (!isWhole) return null;
    this.#held = Buffer.alloc(0);
    this.#onWhole();
    return null;
  }
}
