// Delivery: the planned status, chunks and breaks of a reply, carried out on a connection at their moments in time.
import type { ServerResponse } from 'node:http';
import type { Time } from '../base/clock.ts';
import type { Handled } from '../llm/traffic/wire-traffic.ts';
import type { WireReply } from '../llm/wire/wire-reply.ts';

/** More is not handed to a connection at a time. */
const pieceChars = 256 * 1024;

type ResponseReply = Extract<WireReply, { kind: 'response' }>;

/** Begins to reply; a caller that goes away before the end is told to `handled.abandoned`. */
export function deliver(handled: Handled, response: ServerResponse, time: Time): void {
  const { reply, moments } = handled;
  if (response.destroyed) {
    handled.abandoned?.();
    return;
  }
  if (reply.kind === 'response' && isNow(reply) && (moments === undefined || moments.length === 0)) {
    writeWhole(reply, response);
    handled.delivered?.();
  } else new Delivery(handled, response, time).begin();
}

function isNow({ afterMs, chunks, end }: ResponseReply): boolean {
  if (afterMs > 0 || end.kind !== 'close' || end.afterMs > 0) return false;
  if (chunks.length > 1) return false;
  const [chunk] = chunks;
  return chunk === undefined || (chunk.afterMs <= 0 && chunk.data.length <= pieceChars);
}

function writeWhole({ status, headers, chunks }: ResponseReply, response: ServerResponse): void {
  response.writeHead(status, headers);
  response.end(chunks[0]?.data);
}

/** A reply that takes its time. */
class Delivery {
  readonly #handled: Handled;
  readonly #response: ServerResponse;
  readonly #time: Time;
  readonly #startMs: number;
  readonly #timers = new Set<() => void>();
  #isSettled = false;

  constructor(handled: Handled, response: ServerResponse, time: Time) {
    this.#handled = handled;
    this.#response = response;
    this.#time = time;
    this.#startMs = time.now();
  }

  begin(): void {
    const { reply, moments } = this.#handled;
    this.#response.on('close', () => {
      for (const cancel of this.#timers) cancel();
      this.#settle('abandoned');
    });
    for (const { afterMs, happen } of moments ?? []) this.#at(afterMs, happen);
    switch (reply.kind) {
      case 'silent':
        return;
      case 'broken':
        return this.#at(reply.afterMs, () => {
          this.#settle('delivered');
          this.#response.socket?.resetAndDestroy();
        });
      case 'response':
        return this.#at(reply.afterMs, () => {
          this.#response.writeHead(reply.status, reply.headers);
          // A caller learns of an answer before the first of it is there.
          if ((reply.chunks[0]?.afterMs ?? Infinity) > reply.afterMs) this.#response.flushHeaders();
          this.#write(reply, 0);
        });
    }
  }

  /** Chunks in turn, each at its moment, or later where the caller reads slowly. */
  #write(reply: ResponseReply, index: number): void {
    const chunk = reply.chunks[index];
    if (chunk === undefined) return this.#finish(reply);
    this.#at(chunk.afterMs, () =>
      this.#put(chunk.data, () => {
        if (index === reply.chunks.length - 1 && reply.end.kind === 'close') this.#settle('delivered');
        this.#write(reply, index + 1);
      }),
    );
  }

  /** Writes a chunk in pieces, each once the caller has made room for it. */
  #put(data: string | Uint8Array, done: () => void): void {
    const goesOn = this.#response.write(data.slice(0, pieceChars));
    const rest = data.slice(pieceChars);
    const next = rest.length === 0 ? done : () => this.#put(rest, done);
    if (goesOn) next();
    else this.#response.once('drain', next);
  }

  #finish({ end }: ResponseReply): void {
    if (end.kind === 'open') return;
    this.#at(end.afterMs, () => {
      this.#settle('delivered');
      if (end.kind === 'close') this.#response.end();
      // What was written before the break arrives.
      else this.#response.socket?.destroySoon();
    });
  }

  #settle(how: 'delivered' | 'abandoned'): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#handled[how]?.();
  }

  /** At a moment of the reply, counted from its beginning; at once when that has gone by. */
  #at(afterMs: number, happen: () => void): void {
    const leftMs = this.#startMs + afterMs - this.#time.now();
    if (leftMs <= 0 || afterMs <= 0) return happen();
    const cancel = this.#time.after(leftMs, () => {
      this.#timers.delete(cancel);
      happen();
    });
    this.#timers.add(cancel);
  }
}
