// The span reader: files of spans, whatever their attributes' dialect, become steps.
import type { Json } from '../../base/json.ts';
import type { FormatReader, StepSink } from '../format.ts';
import { firstText } from '../reading.ts';
import { spanKind } from './span-kind.ts';
import type { Span } from './span.ts';
import { spansOf } from './span-source.ts';
import { tellSpan } from './span-steps.ts';

const conversations = ['gen_ai.conversation.id', 'session.id', 'ai.telemetry.metadata.sessionId'];

/**
 * A run is a trace. In a document, where all spans are at hand, traces of one conversation are one run: some emitters
 * begin a new trace with every model call.
 */
export class SpanReader implements FormatReader {
  readonly #sink: StepSink;

  constructor(sink: StepSink) {
    this.#sink = sink;
  }

  read(value: Json, place: string): void {
    const spans = spansOf(value, place);
    const runs = place === '' ? conversationOf(spans) : new Map<string, string>();
    for (const span of spans) {
      const run = runs.get(span.trace) ?? span.trace;
      tellSpan(span, { run, kind: spanKind(span) }, this.#sink);
    }
  }

  end(): void {
    // Each span was told as it came.
  }
}

function conversationOf(spans: readonly Span[]): ReadonlyMap<string, string> {
  const runs = new Map<string, string>();
  for (const span of spans) {
    const conversation = firstText(span.attributes, conversations);
    if (conversation !== null && !runs.has(span.trace)) runs.set(span.trace, conversation);
  }
  return runs;
}
