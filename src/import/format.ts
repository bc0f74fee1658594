// A trace format: how it is known, and how its records become steps.
import type { Json } from '../base/json.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { Trace } from '../trace/trace.ts';
import type { Step } from './step.ts';

/** What was not taken over, and why. Nothing is dropped silently. */
export interface Skipped {
  readonly what: string;
  readonly count: number;
  readonly why: string;
}

/** All of a trace but its events. */
export type TraceHead = Omit<Trace, 'events'>;

/**
 * What is kept of a file: what models were asked as well, its events, or nothing, where it is read on the fly. Only for
 * `asks` need a reader unpack `input` and `offers`; only for `nothing` must it tell steps before the file is over.
 */
export type Keeps = 'asks' | 'events' | 'nothing';

/** Where a reader puts what it finds. */
export interface StepSink {
  readonly keeps: Keeps;
  /**
   * Steps with ids are put in order (tree, start, source) and told once each, and wrappers around model calls are left
   * out; steps without come as they are told, so a format without ids leaves out echoes itself.
   */
  step(step: Step): void;
  /** Counted by `what` and `why`. */
  skip(what: string, why: string): void;
  /** For formats of our own, which hold traces as they are: a run begins. */
  head(run: string, head: TraceHead): void;
  /** For formats of our own: the next event of a run. */
  event(run: string, event: TraceEvent): void;
}

/**
 * How a file comes: one JSON document; JSON records, one a line or as the members of one array; or lines of text.
 */
export type FormatShape = 'document' | 'records' | 'text';

/** The beginning of a file, as far as it tells what it is. */
export interface FormatSample {
  readonly shape: FormatShape;
  /** The document; or up to 32 records; or the first 64 lines of text. */
  readonly values: readonly Json[];
}

/** Reads one file. It keeps no more than it must: a file can be larger than memory. */
export interface FormatReader {
  /**
   * A document, one record, or one line of text (without its end). `place` is a JSON pointer (empty for a document) or
   * `line 12`; `below` in `reading.ts` makes places within it. Throws `MusterError` IMPORT_BROKEN with the place for what
   * cannot be this format.
   */
  read(value: Json, place: string): void;
  /** The file is over. */
  end(): void;
}

/** One production trace format, in one file. */
export interface TraceFormat {
  /** As `--format` names it. */
  readonly name: string;
  /** One line for the list of formats. */
  readonly title: string;
  /** How a file of this format may come. A JSON array is offered as a document and as records. */
  readonly shapes: readonly FormatShape[];
  /** Whether a file that begins like this is in this format. By its structure, never by its name; one format a file. */
  detects(sample: FormatSample): boolean;
  open(sink: StepSink): FormatReader;
}
