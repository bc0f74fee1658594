// An import: the text of a file, in pieces, becomes traces or, on the fly, figures.
import type { TraceEvent } from '../trace/event.ts';
import { Assembler, type ImportTarget } from './assembly/assembler.ts';
import { formats } from './formats.ts';
import type { Skipped } from './format.ts';
import { ImportCounter, type ImportCounts } from './import-summary.ts';
import type { Imported, ImportedAsk, ImportedTraces } from './imported.ts';
import { SourceReader } from './source/source-reader.ts';
import { TraceCollector } from './trace-collector.ts';

export interface ImportOptions {
  /** The name of a format; null: found by content. */
  readonly format: string | null;
}

/** Reads a file whole. Throws `MusterError` with the place for what no format can read. */
export function importText(pieces: Iterable<string>, { format }: ImportOptions): Imported {
  const asks: ImportedAsk[] = [];
  const collector = new TraceCollector((ask) => asks.push(ask));
  const read = readInto(collector, pieces, { format, stepsMax: Infinity });
  return { ...read, runs: collector.traces(read.format), asks };
}

/** The same traces, without what models were asked: each turn repeats the turns before it, so that is most of a file. */
export function importTraces(pieces: Iterable<string>, { format }: ImportOptions): ImportedTraces {
  const collector = new TraceCollector(null);
  const read = readInto(collector, pieces, { format, stepsMax: Infinity });
  return { ...read, runs: collector.traces(read.format) };
}

/** The figures of an import that is held whole. */
export function countImported({ runs }: ImportedTraces): ImportCounts {
  const counter = new ImportCounter();
  for (const { events } of runs) for (const event of events) counter.count(event);
  return counter.counts();
}

export interface StreamedImport {
  readonly format: string;
  readonly counts: ImportCounts;
  readonly skipped: readonly Skipped[];
}

export interface StreamOptions extends ImportOptions {
  /** Sees each event once, in order of its run; runs may alternate. */
  readonly onEvent: (run: string, event: TraceEvent) => void;
}

/** As many steps may wait to be put in order, over all runs. */
export const streamedStepsMax = 1024;

/**
 * Reads a file of any length and keeps nothing of it: memory is bounded by the longest record and `streamedStepsMax`
 * steps. A run is put in order as far as its steps lie within that window.
 */
export function importStream(pieces: Iterable<string>, { format, onEvent }: StreamOptions): StreamedImport {
  const counter = new ImportCounter();
  const target: ImportTarget = {
    event: (run, event) => {
      counter.count(event);
      onEvent(run, event);
    },
    head: () => undefined,
    ask: null,
  };
  const read = readInto(target, pieces, { format, stepsMax: streamedStepsMax });
  return { ...read, counts: counter.counts() };
}

function readInto(
  target: ImportTarget,
  pieces: Iterable<string>,
  { format: force, stepsMax }: ImportOptions & { readonly stepsMax: number },
): { readonly format: string; readonly skipped: readonly Skipped[] } {
  const sink = new Assembler(target, stepsMax);
  const source = new SourceReader({ formats, force, sink });
  for (const piece of pieces) source.push(piece);
  const { name } = source.end();
  return { format: name, skipped: sink.end() };
}
