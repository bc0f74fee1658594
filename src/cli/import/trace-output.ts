// Traces on disk: redacted, scanned, and written whole or not at all.
import { MusterError } from '../../base/muster-error.ts';
import { writeWhole } from '../../base/whole-file.ts';
import { redact, redactJson } from '../../llm/redaction/redaction.ts';
import { otlpOf } from '../../trace/otlp.ts';
import { traceDocument, traceLines } from '../../trace/trace-file.ts';
import type { Trace } from '../../trace/trace.ts';

/** What is taken out of what is written; `nothing` was asked for by the user. */
export type OutputRedaction = 'secrets' | 'nothing';

export interface TraceOutput {
  readonly path: string;
  readonly redaction: OutputRedaction;
  /** Takes secrets out; absent: the usual redaction, by text and by the names of members. */
  readonly clean?: (traces: readonly Trace[]) => readonly Trace[];
}

const usualClean = (traces: readonly Trace[]): readonly Trace[] => redactJson(traces, 'secrets');

/** NDJSON where the name says so, else one JSON document. Throws IMPORT_SECRET_LEFT and then writes nothing. */
export function writeTraces(traces: readonly Trace[], output: TraceOutput): void {
  const clean = cleaned(traces, output);
  const isLines = /\.(?:ndjson|jsonl)$/.test(output.path);
  writeScanned(isLines ? [...traceLines(clean)].join('') : traceDocument(clean), output);
}

/** OTLP JSON with the GenAI conventions. Throws IMPORT_SECRET_LEFT and then writes nothing. */
export function writeOtlp(traces: readonly Trace[], output: TraceOutput): void {
  writeScanned(`${JSON.stringify(otlpOf(cleaned(traces, output)))}\n`, output);
}

function cleaned(traces: readonly Trace[], { redaction, clean = usualClean }: TraceOutput): readonly Trace[] {
  return redaction === 'nothing' ? traces : clean(traces);
}

/** A second look, at the very text that would be written: what redaction by field has missed stops the writing. */
export function writeScanned(text: string, { path, redaction }: TraceOutput): void {
  if (redaction === 'secrets') {
    const line = text.split('\n').findIndex((one) => redact(one, 'secrets') !== one);
    if (line !== -1)
      throw new MusterError({
        code: 'IMPORT_SECRET_LEFT',
        place: `${path} line ${line + 1}`,
        message: 'this looks like a secret, so nothing was written',
        hint: 'take it out of the source, or write everything as it is with --no-redact',
      });
  }
  writeWhole(path, text);
}
