// Traces that muster exported to OpenTelemetry: they come back event for event.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { eventFault } from '../../trace/event-shape.ts';
import type { TraceEvent } from '../../trace/event.ts';
import { eventFrom } from '../../trace/otlp-fields.ts';
import { exportScope } from '../../trace/otlp.ts';
import type { Attributes } from '../../trace/otlp-value.ts';
import { unpacked } from '../dialect/unpacked.ts';
import type { StepSink, TraceFormat } from '../format.ts';
import { asObject, below, listIn, objectIn } from '../reading.ts';
import { broken } from '../source/broken.ts';
import { flatAttributes } from '../spans/attributes.ts';
import { headOf } from './muster.ts';

export const musterOtlp: TraceFormat = {
  name: 'muster-otlp',
  title: "muster's own traces, as --otlp exports them",
  shapes: ['document'],
  detects: ({ values: [first] }) => first !== undefined && isMusterExport(first),
  open: (sink) => ({ read: (value, place) => tellExport(value, place, sink), end: () => undefined }),
};

/** By the scope that made the spans. */
export function isMusterExport(value: Json): boolean {
  const scope = member(firstOf(firstOf(value, 'resourceSpans'), 'scopeSpans'), 'scope');
  return member(scope, 'name') === exportScope;
}

function member(value: Json, key: string): Json {
  return isJsonObject(value) ? (value[key] ?? null) : null;
}

function firstOf(value: Json, key: string): Json {
  const list = member(value, key);
  return Array.isArray(list) ? ((list as readonly Json[])[0] ?? null) : null;
}

function tellExport(value: Json, place: string, sink: StepSink): void {
  listIn(asObject(value, place), 'resourceSpans', place).forEach((one, index) => {
    const at = below(below(place, 'resourceSpans'), index);
    const run = String(index + 1);
    const resource = asObject(one, at);
    sink.head(run, headIn(resource, at));
    const events = spansIn(resource, at).flatMap(({ span, place: spanPlace }) => eventsIn(span, spanPlace));
    events.sort((first, second) => first.seq - second.seq);
    events.forEach((event, ordinal) => {
      if (event.seq !== ordinal + 1) throw broken(at, `event ${ordinal + 1} of the trace is missing`);
      sink.event(run, event);
    });
  });
}

function headIn(resource: JsonObject, place: string): ReturnType<typeof headOf> {
  const at = below(below(place, 'resource'), 'attributes');
  const { attributes } = objectIn(resource, 'resource', place) ?? {};
  const head = unpacked(flatAttributes(attributes, at)['muster.head']);
  return headOf(asObject(head, `${at}/muster.head`), `${at}/muster.head`);
}

function spansIn(
  resource: JsonObject,
  place: string,
): readonly { readonly span: JsonObject; readonly place: string }[] {
  return listIn(resource, 'scopeSpans', place).flatMap((one, index) => {
    const at = below(below(place, 'scopeSpans'), index);
    return listIn(asObject(one, at), 'spans', at).map((span, spanIndex) => {
      const spanPlace = below(below(at, 'spans'), spanIndex);
      return { span: asObject(span, spanPlace), place: spanPlace };
    });
  });
}

function eventsIn(span: JsonObject, place: string): readonly TraceEvent[] {
  const attributes = flatAttributes(span['attributes'], below(place, 'attributes')) as Attributes;
  const own = ['muster.opened', 'muster.closed'].flatMap((key) =>
    attributes[key] === undefined ? [] : [eventAt(attributes[key], attributes, `${place}/attributes/${key}`)],
  );
  const points = listIn(span, 'events', place).map((one, index) => {
    const at = below(below(place, 'events'), index);
    const told = flatAttributes(asObject(one, at)['attributes'], below(at, 'attributes'));
    return eventAt(told['muster.event'] ?? null, {}, `${at}/attributes/muster.event`);
  });
  return [...own, ...points];
}

function eventAt(value: Json, attributes: Attributes, place: string): TraceEvent {
  const event = eventFrom(asObject(unpacked(value), place), attributes);
  const fault = eventFault(event);
  if (fault !== null) throw broken(below(place, fault.field), fault.message, event[fault.field] ?? null);
  return event as unknown as TraceEvent;
}
