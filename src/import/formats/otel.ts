// OpenTelemetry with the GenAI conventions: OTLP JSON, span dumps, attribute maps, and emitters that deviate.
import type { Json } from '../../base/json.ts';
import type { TraceFormat } from '../format.ts';
import { isMusterExport } from './muster-otlp.ts';
import { SpanReader } from '../spans/span-reader.ts';
import { firstSpans, holdsSpans } from '../spans/span-source.ts';

export const otel: TraceFormat = {
  name: 'otel',
  title: 'OpenTelemetry GenAI spans: OTLP JSON, dumps of spans or attributes (Vercel AI SDK, any-agent, …)',
  shapes: ['document', 'records'],
  detects: ({ values }) =>
    areSpans(values) && !values.some(isMusterExport) && !values.some(speaksOpenInference),
  open: (sink) => new SpanReader(sink),
};

export const openinference: TraceFormat = {
  name: 'openinference',
  title: 'OpenInference spans (Phoenix, Arize), in any of the forms of OpenTelemetry',
  shapes: ['document', 'records'],
  detects: ({ values }) => areSpans(values) && values.some(speaksOpenInference),
  open: (sink) => new SpanReader(sink),
};

function areSpans(values: readonly Json[]): boolean {
  return values.length > 0 && values.every(holdsSpans);
}

/** By the attribute that every OpenInference span has. */
function speaksOpenInference(value: Json): boolean {
  return firstSpans(value).some(({ attributes }) => 'openinference.span.kind' in attributes);
}
