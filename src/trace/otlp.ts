// OpenTelemetry out: a trace as OTLP JSON with the GenAI conventions, so that it can be looked at in any tracing tool.
import type { Json, JsonObject } from '../base/json.ts';
import type { TraceEvent, TraceEventOf } from './event.ts';
import { attributesOf, conventions, isSpanned, restOf, type SpannedKind } from './otlp-fields.ts';
import { keyValues, nanosOf, spanIdOf, traceIdOf, type Attributes } from './otlp-value.ts';
import { traceMark } from './trace-file.ts';
import type { Trace } from './trace.ts';

/** Exports of ours say so: they come back event for event. */
export const exportScope = 'passmuster';

/**
 * One `resourceSpans` a trace. Calls of models and tools, agents at work and handoffs are spans below one root; all other
 * events are events of the root. What has no place in the conventions travels in attributes `muster.*`. Ids are made from
 * the trace itself: the same trace gives the same bytes.
 */
export function otlpOf(traces: readonly Trace[]): JsonObject {
  return { resourceSpans: traces.map(resourceSpansOf) };
}

function resourceSpansOf(trace: Trace, index: number): JsonObject {
  const { events, ...head } = trace;
  const resource = {
    'service.name': trace.subject,
    'muster.head': JSON.stringify({ ...traceMark, ...head }),
  };
  const scope = { name: exportScope, version: String(traceMark.version) };
  const id = traceIdOf(index, trace.subject, trace.mission.id, trace.seed, events.length);
  const spans = new SpanTree(id, trace).spans();
  return {
    resource: { attributes: keyValues(resource) },
    schemaUrl: conventions,
    scopeSpans: [{ scope, schemaUrl: conventions, spans }],
  };
}

type Spanned = TraceEventOf<SpannedKind>;

/** A span that is being told: what opened it, and what ended it. */
interface OpenSpan {
  readonly opened: Spanned;
  readonly parent: number;
  closed: Spanned | null;
}

class SpanTree {
  readonly #id: string;
  readonly #trace: Trace;
  readonly #spans: OpenSpan[] = [];
  /** Calls by their names, agents at work by their assignments. */
  readonly #open = new Map<string, OpenSpan>();
  readonly #points: TraceEvent[] = [];

  constructor(id: string, trace: Trace) {
    this.#id = id;
    this.#trace = trace;
    for (const event of trace.events) this.#take(event);
  }

  spans(): readonly JsonObject[] {
    return [this.#root(), ...this.#spans.map((span) => this.#told(span))];
  }

  #take(event: TraceEvent): void {
    if (!isSpanned(event.kind)) {
      this.#points.push(event);
      return;
    }
    const spanned = event as Spanned;
    const key = spanKey(spanned);
    const open = this.#open.get(key);
    if (isOpening(spanned.kind)) this.#begin(spanned, key);
    else if (open === undefined) this.#points.push(event);
    else {
      open.closed = spanned;
      this.#open.delete(key);
    }
  }

  #begin(opened: Spanned, key: string): void {
    const assignment = 'assignment' in opened ? opened.assignment : null;
    const agent = opened.kind === 'agent.started' ? undefined : this.#open.get(`agent/${assignment}`);
    const span = { opened, parent: agent?.opened.seq ?? rootSeq, closed: null };
    this.#spans.push(span);
    if (opened.kind !== 'handoff.sent') this.#open.set(key, span);
  }

  #root(): JsonObject {
    const { subject, mission, events } = this.#trace;
    const first = events[0]?.atMs ?? 0;
    return {
      ...this.#place(rootSeq, null),
      name: `invoke_workflow ${subject}`,
      kind: internal,
      startTimeUnixNano: nanosOf(first),
      endTimeUnixNano: nanosOf(events.reduce((last, { atMs }) => Math.max(last, atMs), first)),
      attributes: keyValues({
        'gen_ai.operation.name': 'invoke_workflow',
        'gen_ai.workflow.name': subject,
        'gen_ai.conversation.id': mission.id,
      }),
      events: this.#points.map(pointOf),
      status: statusOf(
        events.some((event) => event.kind === 'mission.ended' && event.end === 'failed') ? '' : null,
      ),
    };
  }

  #told({ opened, parent, closed }: OpenSpan): JsonObject {
    const attributes = { ...attributesOf(opened), ...(closed === null ? {} : attributesOf(closed)) };
    const failed = closed !== null && 'message' in closed ? closed.message : null;
    return {
      ...this.#place(opened.seq, parent),
      name: nameOf(opened),
      kind: opened.kind === 'model.called' ? client : internal,
      startTimeUnixNano: nanosOf(opened.atMs),
      endTimeUnixNano: nanosOf((closed ?? opened).atMs),
      attributes: keyValues({ ...attributes, ...beside(opened, closed, attributes) }),
      status: statusOf(failed),
    };
  }

  #place(seq: number, parent: number | null): JsonObject {
    const above: Json = parent === null ? '' : spanIdOf(this.#id, parent);
    return { traceId: this.#id, spanId: spanIdOf(this.#id, seq), parentSpanId: above };
  }
}

const rootSeq = 0;
const internal = 1;
const client = 3;

/** What the conventions have no place for. */
function beside(opened: Spanned, closed: Spanned | null, told: Attributes): Attributes {
  return {
    'muster.opened': JSON.stringify(restOf(opened, told)),
    ...(closed === null ? {} : { 'muster.closed': JSON.stringify(restOf(closed, told)) }),
  };
}

function isOpening(kind: SpannedKind): boolean {
  return kind.endsWith('.called') || kind === 'agent.started' || kind === 'handoff.sent';
}

function spanKey(event: Spanned): string {
  if (event.kind === 'agent.started' || event.kind === 'agent.finished') return `agent/${event.assignment}`;
  return `${event.kind.slice(0, event.kind.indexOf('.'))}/${event.call}`;
}

function nameOf(opened: Spanned): string {
  switch (opened.kind) {
    case 'model.called':
      return `chat ${opened.model}`;
    case 'tool.called':
      return `execute_tool ${opened.tool}`;
    case 'handoff.sent':
      return `handoff ${opened.from} to ${opened.to}`;
    case 'agent.started':
    case 'agent.finished':
    case 'model.answered':
    case 'model.failed':
    case 'tool.returned':
    case 'tool.failed':
      return `invoke_agent ${opened.agent}`;
  }
}

function pointOf(event: TraceEvent): JsonObject {
  return {
    timeUnixNano: nanosOf(event.atMs),
    name: event.kind,
    attributes: keyValues({ 'muster.event': JSON.stringify(event) }),
  };
}

/** Unset where nothing failed. */
function statusOf(message: string | null): JsonObject {
  return message === null ? {} : { code: 2, message };
}
