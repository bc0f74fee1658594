// Mishaps: what happens to the bytes of a reply on their way, at the place where it really happens.
import type { Mishap } from '../../chaos/outcome.ts';
import type { Frame } from './codec.ts';
import type { WireChunk } from './wire-reply.ts';

/** Events that come twice, change places, or are spoilt. */
export function damagedFrames(frames: readonly Frame[], mishap: Mishap): readonly Frame[] {
  switch (mishap.kind) {
    case 'duplicated': {
      const at = placeOf(frames, mishap.share);
      return frames.flatMap((frame, index) => (index === at ? [frame, frame] : [frame]));
    }
    case 'reordered': {
      const at = Math.max(1, placeOf(frames, mishap.share));
      const [before, frame] = [frames[at - 1], frames[at]];
      if (before === undefined || frame === undefined) return frames;
      const [first, second] = [
        { ...before, text: frame.text },
        { ...frame, text: before.text },
      ];
      return frames.map((one, index) => (index === at - 1 ? first : index === at ? second : one));
    }
    case 'malformed': {
      const at = placeOf(frames, mishap.share);
      const spoil = mishap.how === 'json' ? withoutEnd : withoutField;
      return frames.map((frame, index) => (index === at ? { ...frame, text: spoil(frame.text) } : frame));
    }
    case 'none':
    case 'rechunked':
    case 'splitCharacters':
    case 'splitFields':
      return frames;
  }
}

function placeOf(frames: readonly Frame[], share: number): number {
  return Math.min(frames.length - 1, Math.floor(share * frames.length));
}

/** The JSON of the event stops in its middle. */
function withoutEnd(frame: string): string {
  const text = frame.trimEnd();
  return `${text.slice(0, Math.ceil((text.length * 2) / 3))}\n\n`;
}

/** The line says no more which field it is. */
function withoutField(frame: string): string {
  return frame.replace(/^data: /m, 'dat ');
}

/** A body that is not streamed: only what spoils JSON spoils it. */
export function damagedBody(text: string, mishap: Mishap): string {
  if (mishap.kind !== 'malformed') return text;
  return text.slice(0, Math.max(1, Math.floor(text.length * Math.max(0.1, mishap.share))));
}

/** Writes that end where no character, event or field ends. The same chunks where nothing is cut otherwise. */
export function damagedChunks(chunks: readonly WireChunk[], mishap: Mishap): readonly WireChunk[] {
  switch (mishap.kind) {
    case 'rechunked':
      return recut(chunks, mishap.gapMs, (bytes) => everyBytes(bytes, mishap.bytes));
    case 'splitCharacters':
      return recut(chunks, mishap.gapMs, insideCharacters);
    case 'splitFields':
      return recut(chunks, mishap.gapMs, insideFields);
    case 'none':
    case 'duplicated':
    case 'reordered':
    case 'malformed':
      return chunks;
  }
}

type CutPlaces = (bytes: Uint8Array) => readonly number[];

function recut(chunks: readonly WireChunk[], gapMs: number, placesIn: CutPlaces): readonly WireChunk[] {
  let lateMs = 0;
  return chunks.flatMap(({ afterMs, data }) => {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    const places = [0, ...placesIn(bytes), bytes.length];
    return places.slice(1).map((end, index): WireChunk => {
      if (index > 0) lateMs += gapMs;
      return { afterMs: afterMs + lateMs, data: bytes.subarray(places[index], end) };
    });
  });
}

function everyBytes(bytes: Uint8Array, size: number): readonly number[] {
  const count = Math.ceil(bytes.length / Math.max(1, size)) - 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => (index + 1) * size);
}

/** Before the last byte of each character of several bytes. */
function insideCharacters(bytes: Uint8Array): readonly number[] {
  const places: number[] = [];
  for (let at = 1; at < bytes.length; at += 1)
    if (isContinuation(bytes[at]!) && !isContinuation(bytes[at + 1] ?? 0)) places.push(at);
  return places;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

const field = /(?:^|\n)(?:data|event)/g;

function insideFields(bytes: Uint8Array): readonly number[] {
  const text = Buffer.from(bytes).toString('latin1');
  return [...text.matchAll(field)]
    .map(({ index, 0: name }) => index + name.length - 2)
    .filter((at) => at > 0);
}
