// The body of a request as it comes in: whole, within its limit, and in UTF-8; or why not.
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

export type IncomingBody =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'notUtf8' }
  /** One body is above its limit. */
  | { readonly kind: 'tooLarge' }
  /** All bodies together are above theirs. */
  | { readonly kind: 'tooMany' }
  /** The caller went away. */
  | { readonly kind: 'gone' };

export interface BodyLimits {
  readonly bodyBytesMax: number;
  readonly bodiesBytesMax: number;
}

/** Reads the bodies of one server, and knows how many bytes of them are in hand. */
export class BodyReader {
  readonly #limits: BodyLimits;
  #bytesInHand = 0;

  constructor(limits: BodyLimits) {
    this.#limits = limits;
  }

  /** Calls back once. What is refused is refused as soon as it is known; the rest of it is for the caller to drain. */
  read(
    request: IncomingMessage,
    headers: { get(name: string): string | null },
    done: (body: IncomingBody) => void,
  ): void {
    const { bodyBytesMax, bodiesBytesMax } = this.#limits;
    if (Number(headers.get('content-length') ?? 0) > bodyBytesMax) return done({ kind: 'tooLarge' });
    const chunks: Buffer[] = [];
    let bytes = 0;
    let isDone = false;
    const finish = (body: IncomingBody): void => {
      if (isDone) return;
      isDone = true;
      this.#bytesInHand -= bytes;
      // Whoever drains the rest is not held up by a reader that has left.
      if (body.kind !== 'text') request.off('readable', take);
      done(body);
    };
    const take = (): void => {
      for (let chunk = chunkOf(request); chunk !== null && !isDone; chunk = chunkOf(request)) {
        chunks.push(chunk);
        bytes += chunk.length;
        this.#bytesInHand += chunk.length;
        if (bytes > bodyBytesMax) finish({ kind: 'tooLarge' });
        else if (this.#bytesInHand > bodiesBytesMax) finish({ kind: 'tooMany' });
      }
    };
    // Asked for what there is, a request tells its body in fewer steps than when it pushes it.
    request.on('readable', take);
    request.on('end', () => {
      if (!isDone) finish(textOf(chunks));
    });
    request.on('close', () => finish({ kind: 'gone' }));
  }
}

function chunkOf(request: IncomingMessage): Buffer | null {
  return request.read() as Buffer | null;
}

function textOf(chunks: readonly Buffer[]): IncomingBody {
  const [first] = chunks;
  const whole = first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
  return isUtf8(whole) ? { kind: 'text', text: whole.toString('utf8') } : { kind: 'notUtf8' };
}
