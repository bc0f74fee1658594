// JSON texts: read with the place of what is wrong in them.
import type { Json } from './json.ts';

export type ReadJson =
  | { readonly kind: 'value'; readonly value: Json }
  /** `place` is `line:column`, both 1-based. */
  | { readonly kind: 'broken'; readonly message: string; readonly place: string };

export function readJson(text: string): ReadJson {
  try {
    return { kind: 'value', value: JSON.parse(text) as Json };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return { kind: 'broken', message, place: placeIn(text, message) };
  }
}

/** Node tells the offset of a syntax error in its message, or that the text ended. */
function placeIn(text: string, message: string): string {
  const offset = /position (\d+)/.exec(message)?.[1];
  const lines = (offset === undefined ? text : text.slice(0, Number(offset))).split('\n');
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** RFC 6901, as a fragment: `#/entries/0/match`; `#` for the document itself. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`);
  return `#${steps.join('')}`;
}
