// A source: the text of a file, in pieces, given to the reader of its format.
import type { Json } from '../../base/json.ts';
import { MusterError } from '../../base/muster-error.ts';
import { detect, forced, type Detected } from '../detection.ts';
import type { FormatReader, FormatSample, StepSink, TraceFormat } from '../format.ts';
import { broken, notJson } from './broken.ts';
import { RecordProbe } from './record-probe.ts';
import { RecordSplitter } from './record-splitter.ts';

export interface SourceParts {
  readonly formats: readonly TraceFormat[];
  /** The name of a format, or null: found by content. */
  readonly force: string | null;
  readonly sink: StepSink;
}

/** So much of a file tells whether it holds records; then each goes its way as it comes. UTF-16 units. */
const probedLength = 512 * 1024;
/** Where it told nothing, its first value is long, most likely one document; it is looked at again at so many times that. */
const probedAgain = 64;
/** The longest document that can be read; records have no limit. */
const documentMax = 400 * 1024 * 1024;
const recordsSampled = 32;
const linesSampled = 64;

/** Takes a file piece by piece; what cannot be read throws `MusterError` with the place. */
export class SourceReader {
  readonly #parts: SourceParts;
  readonly #probe = new RecordProbe();
  #text = '';
  #records: RecordStream | null = null;
  /** At which length the next look is taken at whether the file holds records. */
  #probeAt = probedLength;
  #format: TraceFormat | null = null;

  constructor(parts: SourceParts) {
    this.#parts = parts;
  }

  push(piece: string): void {
    if (this.#records !== null) {
      this.#records.push(piece);
      return;
    }
    this.#text += piece;
    if (this.#text.length < this.#probeAt) return;
    if (this.#probe.hasMore(this.#text)) this.#startRecords();
    else if (this.#text.length > documentMax) throw tooLong();
    this.#probeAt = Math.min(this.#probeAt * probedAgain, documentMax + 1);
  }

  /** The format that was read. */
  end(): TraceFormat {
    if (this.#records === null) this.#readWhole();
    this.#records?.end();
    const format = this.#records?.format ?? this.#format;
    if (format === null) throw broken('the top', 'the file is empty');
    return format;
  }

  #startRecords(): void {
    this.#records = new RecordStream(this.#parts);
    this.#records.push(withoutMark(this.#text));
    this.#text = '';
  }

  #readWhole(): void {
    const text = withoutMark(this.#text);
    const first = /\S/.exec(text)?.[0];
    if (first === undefined) throw broken('the top', 'the file is empty');
    if (first !== '{' && first !== '[') this.#readLines(text);
    else {
      const document = parsed(text);
      if (document !== undefined) this.#readDocument(document);
      else if (this.#probe.hasRecord(this.#text)) this.#startRecords();
      else throw notJson(text, 1);
    }
  }

  #readDocument(document: Json): void {
    this.#text = '';
    const records = Array.isArray(document) ? (document as readonly Json[]) : [document];
    const { format, sample } = this.#detect([
      { shape: 'document', values: [document] },
      { shape: 'records', values: records.slice(0, recordsSampled) },
    ]);
    const reader = this.#open(format);
    if (sample.shape === 'document') reader.read(document, '');
    else records.forEach((record, index) => reader.read(record, Array.isArray(document) ? `/${index}` : ''));
    reader.end();
  }

  #readLines(text: string): void {
    const lines = text.split(/\r?\n/);
    const { format } = this.#detect([{ shape: 'text', values: lines.slice(0, linesSampled) }]);
    const reader = this.#open(format);
    lines.forEach((line, index) => reader.read(line, `line ${index + 1}`));
    reader.end();
  }

  #detect(samples: readonly FormatSample[]): Detected {
    return chosen(this.#parts, samples);
  }

  #open(format: TraceFormat): FormatReader {
    this.#format = format;
    return format.open(this.#parts.sink);
  }
}

/** Records as they come: the first few tell the format, then each goes straight to its reader. */
class RecordStream {
  readonly #parts: SourceParts;
  readonly #splitter: RecordSplitter;
  #first: { readonly value: Json; readonly place: string }[] = [];
  #reader: FormatReader | null = null;
  format: TraceFormat | null = null;

  constructor(parts: SourceParts) {
    this.#parts = parts;
    this.#splitter = new RecordSplitter((value, place) => this.#take(value, place));
  }

  push(piece: string): void {
    this.#splitter.push(piece);
  }

  end(): void {
    this.#splitter.end();
    this.#start().end();
  }

  #take(value: Json, place: string): void {
    if (this.#reader !== null) {
      this.#reader.read(value, place);
      return;
    }
    this.#first.push({ value, place });
    if (this.#first.length === recordsSampled) this.#start();
  }

  #start(): FormatReader {
    if (this.#reader !== null) return this.#reader;
    const sample: FormatSample = { shape: 'records', values: this.#first.map(({ value }) => value) };
    this.format = chosen(this.#parts, [sample]).format;
    const reader = this.format.open(this.#parts.sink);
    this.#reader = reader;
    for (const { value, place } of this.#first) reader.read(value, place);
    this.#first = [];
    return reader;
  }
}

function chosen({ formats, force }: SourceParts, samples: readonly FormatSample[]): Detected {
  return force === null ? detect(formats, samples) : forced(formats, samples, force);
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Not one document; it may still be records, and if not, the fault is told with its place.
    return undefined;
  }
}

function tooLong(): MusterError {
  return new MusterError({
    code: 'IMPORT_TOO_LONG',
    message: `the file is one JSON document of more than ${documentMax / 1024 / 1024} million characters`,
    hint: 'export it as NDJSON, one record a line: that is read in flat memory, whatever its length',
  });
}
