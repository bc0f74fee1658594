// Traces from files: those that muster wrote itself.
import { readFileSync } from 'node:fs';
import { MusterError } from '../base/muster-error.ts';
import { importTraces } from '../import/import-text.ts';
import type { Trace } from '../trace/trace.ts';

/** The first trace of a file. Throws `MusterError` TRACE_UNREADABLE, or what import says of a broken file. */
export function readTrace(path: string): Trace {
  const [trace] = importTraces([textOf(path)], { format: 'muster' }).runs;
  if (trace !== undefined) return trace;
  throw new MusterError({ code: 'TRACE_UNREADABLE', place: path, message: 'the file holds no trace' });
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MusterError(
      { code: 'TRACE_UNREADABLE', place: path, message: `the trace could not be read: ${reason}` },
      { cause },
    );
  }
}
