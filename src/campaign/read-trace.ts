// Traces from files: those that muster wrote itself.
import { MusterError } from '../base/muster-error.ts';
import { readTextFile } from '../base/text-file.ts';
import { importTraces } from '../import/import-text.ts';
import type { Trace } from '../trace/trace.ts';

/** The first trace of a file. Throws `MusterError` TRACE_UNREADABLE, or what import says of a broken file. */
export function readTrace(path: string): Trace {
  const text = readTextFile(path, { code: 'TRACE_UNREADABLE', what: 'the trace' });
  const [trace] = importTraces([text], { format: 'muster' }).runs;
  if (trace !== undefined) return trace;
  throw new MusterError({ code: 'TRACE_UNREADABLE', place: path, message: 'the file holds no trace' });
}
