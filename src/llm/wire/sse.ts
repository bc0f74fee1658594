// Server-sent events, and the cutting of an answer's texts into the chunks in which it streams.
import type { JsonObject } from '../../base/json.ts';

/** A frame with `data:` alone, as Chat Completions sends it. */
export function dataFrame(data: JsonObject): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/** A frame with `event:` and `data:`, as Responses sends it. */
export function eventFrame(event: string, data: JsonObject): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Stands for the one text that differs between frames which are otherwise the same; no text of a reply. */
export const textHole = '\u0000text\u0000';

/** A frame with `data:` alone, for any text in place of `textHole`: the rest of it is written out once. */
export function dataFrames(data: JsonObject): (text: string) => string {
  const [head = '', tail = ''] = dataFrame(data).split(JSON.stringify(textHole));
  return (text) => head + JSON.stringify(text) + tail;
}

export interface Piece {
  readonly chunk: number;
  readonly text: string;
}

export interface Cutting {
  readonly chunkChars: number;
  /** Characters after which nothing more arrives; null when all does. */
  readonly cutAfterChars: number | null;
}

/** One text of an answer, in the pieces that arrive. */
export interface CutText {
  readonly pieces: readonly Piece[];
  /** False when the stream ended before this text was begun, or before it was whole. */
  readonly begun: boolean;
  readonly whole: boolean;
}

/** Cuts the texts of an answer, one after the other, at every `chunkChars` characters of them all together. */
export function cutTexts(
  texts: readonly string[],
  { chunkChars, cutAfterChars }: Cutting,
): readonly CutText[] {
  const limit = cutAfterChars ?? Infinity;
  let start = 0;
  return texts.map((text, index) => {
    const [first, end] = [start, Math.min(start + text.length, limit)];
    start += text.length;
    const pieces: Piece[] = [];
    for (let at = first; at < end;) {
      const chunk = Math.floor(at / chunkChars);
      const next = Math.min((chunk + 1) * chunkChars, end);
      pieces.push({ chunk, text: text.slice(at - first, next - first) });
      at = next;
    }
    const begun = first < limit || (index === 0 && cutAfterChars !== null);
    return {
      pieces,
      begun,
      whole: first + text.length <= limit && (cutAfterChars === null || first + text.length < limit),
    };
  });
}
