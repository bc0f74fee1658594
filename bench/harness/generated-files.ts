// Files of production traces as an import gets them: decoded, in pieces of 1 MB, as records one a line or as one document.
import { langsmithLines, megabytesOf, musterLines, otlpLines } from './generated-traces.ts';

export interface GeneratedFile {
  /** The format that the import must find. */
  readonly format: string;
  readonly pieces: readonly string[];
  /** What any reader of this file must do at least; whether there was anything in it. */
  readonly parse: (pieces: readonly string[]) => boolean;
}

const files: Readonly<Record<string, (megabytes: number) => GeneratedFile>> = {
  otel: (megabytes) => linesOf('otel', otlpLines(), megabytes),
  'otel document': (megabytes) =>
    documentOf('otel', otlpLines(), { megabytes, wrap: ['{"resourceSpans":[', ']}'] }),
  langsmith: (megabytes) => linesOf('langsmith', langsmithLines(), megabytes),
  'langsmith document': (megabytes) =>
    documentOf('langsmith', langsmithLines(), { megabytes, wrap: ['[', ']'] }),
  muster: (megabytes) => linesOf('muster', musterLines(), megabytes),
};

export const generatedFileNames: readonly string[] = Object.keys(files);

export function generatedFile(name: string, megabytes: number): GeneratedFile {
  const made = files[name]?.(megabytes);
  if (made === undefined) throw new Error(`no such generated file: ${name}`);
  return made;
}

function linesOf(format: string, lines: Generator<string>, megabytes: number): GeneratedFile {
  return { format, pieces: [...megabytesOf(lines, megabytes)].map(decoded), parse: parseLines };
}

interface DocumentParts {
  readonly megabytes: number;
  /** What a line of one record begins and ends with, or would: it goes around all of them. */
  readonly wrap: readonly [open: string, close: string];
}

/** The records of the lines, within one document on one line. */
function documentOf(
  format: string,
  lines: Generator<string>,
  { megabytes, wrap }: DocumentParts,
): GeneratedFile {
  const [open, close] = wrap;
  const isWrapped = open.startsWith('{');
  const records = [...megabytesOf(lines, megabytes)].join('').trimEnd().split('\n');
  const inner = isWrapped ? records.map((record) => record.slice(open.length, -close.length)) : records;
  const text = decoded(`${open}${inner.join(',')}${close}`);
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += pieceLength)
    pieces.push(decoded(text.slice(at, at + pieceLength)));
  return { format, pieces, parse: (parts) => JSON.parse(parts.join('')) !== null };
}

const pieceLength = 1024 * 1024;

/** One flat string, as a decoder gives it, and no tree of the strings that it was put together from. */
function decoded(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}

function parseLines(pieces: readonly string[]): boolean {
  let rest = '';
  let values = 0;
  for (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (JSON.parse(line) !== null) values += 1;
  }
  return values > 0;
}
