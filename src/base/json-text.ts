// JSON texts: read with the place of what is wrong in them.
import type { Json } from './json.ts';

export type ReadJson =
  | { readonly kind: 'value'; readonly value: Json }
  /** `place` is `line:column`, both 1-based. */
  | { readonly kind: 'broken'; readonly message: string; readonly place: string };

export function readJson(text: string): ReadJson {
  const read = parsed(text);
  return 'value' in read
    ? { kind: 'value', value: read.value }
    : { kind: 'broken', message: read.message, place: placeOf(text, offsetOf(text)) };
}

function parsed(text: string): { readonly value: Json } | { readonly message: string } {
  try {
    return { value: JSON.parse(text) as Json };
  } catch (cause) {
    // Broken text is what this file is about.
    return { message: cause instanceof Error ? cause.message : String(cause) };
  }
}

/**
 * Where the text goes wrong. Node does not always tell; but a beginning of the text that is right so far is wrong only in
 * that it ends, so the first one that is wrong otherwise is found by halving.
 */
function offsetOf(text: string): number {
  let [right, wrong] = [0, text.length + 1];
  while (wrong - right > 1) {
    const middle = Math.floor((right + wrong) / 2);
    if (isRightSoFar(text.slice(0, middle))) right = middle;
    else wrong = middle;
  }
  return right;
}

function isRightSoFar(beginning: string): boolean {
  const read = parsed(beginning);
  if ('value' in read || /end of JSON input|Unterminated/.test(read.message)) return true;
  return Number(/position (\d+)/.exec(read.message)?.[1] ?? -1) === beginning.length;
}

function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** RFC 6901, as a fragment: `#/entries/0/match`; `#` for the document itself. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`);
  return `#${steps.join('')}`;
}
