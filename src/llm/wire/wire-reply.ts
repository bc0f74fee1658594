// A reply on the wire: what a caller gets back over HTTP and when, in milliseconds since its request arrived.
import type { Json } from '../../base/json.ts';

/** How a connection breaks. `cut`: it had begun to answer. */
export type Breakage = 'reset' | 'refused' | 'timeout' | 'unreachable' | 'cut';

export interface WireChunk {
  readonly afterMs: number;
  /** Bytes, where characters are cut in two. */
  readonly data: string | Uint8Array;
}

export type WireReply =
  | {
      readonly kind: 'response';
      readonly afterMs: number;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly chunks: readonly WireChunk[];
      /** `open`: nothing more comes, and nobody says so. */
      readonly end:
        | { readonly kind: 'close'; readonly afterMs: number }
        | { readonly kind: 'break'; readonly afterMs: number }
        | { readonly kind: 'open' };
    }
  | { readonly kind: 'broken'; readonly afterMs: number; readonly how: Breakage; readonly message: string }
  /** Never settles. */
  | { readonly kind: 'silent' };

/** A whole JSON reply. */
export function jsonReply(status: number, body: Json, afterMs = 0): WireReply {
  return textReply({
    status,
    text: JSON.stringify(body),
    afterMs,
    headers: { 'content-type': 'application/json' },
  });
}

export interface TextReply {
  readonly status: number;
  readonly text: string;
  readonly afterMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** A whole reply with its length. */
export function textReply({ status, text, afterMs, headers }: TextReply): WireReply {
  return {
    kind: 'response',
    afterMs,
    status,
    headers: { ...headers, 'content-length': String(Buffer.byteLength(text)) },
    chunks: [{ afterMs, data: text }],
    end: { kind: 'close', afterMs },
  };
}
