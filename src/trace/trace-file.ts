// Traces in files: one JSON document a trace, or NDJSON of a head and its events; versioned, and read back by import.
import type { Trace } from './trace.ts';

/** What every head says of itself: a file that does not is no trace of ours. */
export const traceMark = { muster: 'trace', version: 1 } as const;

/** The lines of an NDJSON file: for each trace its head, then one event a line. Each ends in a newline. */
export function* traceLines(traces: Iterable<Trace>): Generator<string> {
  for (const { events, ...head } of traces) {
    yield `${JSON.stringify({ ...traceMark, ...head })}\n`;
    for (const event of events) yield `${JSON.stringify(event)}\n`;
  }
}

/** One JSON document: a trace, or a list where there are several. */
export function traceDocument(traces: readonly Trace[]): string {
  const marked = traces.map(({ events, ...head }) => ({ ...traceMark, ...head, events }));
  return `${JSON.stringify(marked.length === 1 ? marked[0] : marked, null, 2)}\n`;
}
