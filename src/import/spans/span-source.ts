// Spans out of what tracing tools write: OTLP JSON, dumps of span objects, Jaeger, bare attribute maps.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { asObject, below, firstText, listIn } from '../reading.ts';
import { broken } from '../source/broken.ts';
import { flatAttributes } from './attributes.ts';
import { attributesOfEvents, eventsIn, type SpanEvent } from './span-events.ts';
import { toldBy } from './span-roles.ts';
import { endIn, startIn } from './span-times.ts';
import type { Span } from './span.ts';

/** Whether a value holds spans, in one of the ways that `spansOf` reads. */
export function holdsSpans(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && (value as readonly Json[]).every(holdsSpans);
  if (!isJsonObject(value)) return false;
  if (groupKeys.some((key) => Array.isArray(value[key])) || isGroup(value)) return true;
  return holdsSpanList(value) || isSpan(value) || holdsTrace(value);
}

const groupKeys = ['resourceSpans', 'resource_spans', 'batches'];
const scopeKeys = ['scopeSpans', 'scope_spans', 'instrumentationLibrarySpans'];

/** Some exporters write the spans of one resource a line, with nothing around them. */
function isGroup(value: JsonObject): boolean {
  return scopeKeys.some((key) => Array.isArray(value[key]));
}

/** Tempo answers with the export within a member. */
function holdsTrace({ trace }: JsonObject): boolean {
  return isJsonObject(trace) && groupKeys.some((key) => Array.isArray(trace[key]));
}

function holdsSpanList(value: JsonObject): boolean {
  const list = value['spans'] ?? value['data'];
  return Array.isArray(list) && list.length > 0 && (list as readonly Json[]).every(holdsSpans);
}

/**
 * A name, attributes, and something that places it: ids, times or a scope. Jaeger calls the attributes tags; others who
 * have tags (LangSmith) mean words.
 */
function isSpan(value: JsonObject): boolean {
  const keys = Object.keys(value);
  const named = ['name', 'spanName', 'operationName'].some((key) => key in value);
  const told = keys.some((key) => key === 'attributes' || key.startsWith('attributes.'));
  const isJaeger = 'operationName' in value && 'tags' in value;
  return named && (told || isJaeger) && keys.some((key) => placing.test(key));
}

const placing = /^(?:span_?id|(?:span_?)?context(?:\..*)?|scopeName|start_?time.*)$/i;

/** Some of the spans at the beginning, for a look at what they are; none where something is broken. */
export function firstSpans(value: Json): readonly Span[] {
  try {
    return spansOf(beginning(value), '');
  } catch {
    // What is broken is told by who reads it all, with its place.
    return [];
  }
}

const looked = 20;
const listKeys = new Set([...groupKeys, ...scopeKeys, 'trace', 'spans', 'data']);

function beginning(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).slice(0, looked).map(beginning);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, listKeys.has(key) ? beginning(one) : one]),
  );
}

/** All spans of a document or a record, in source order. */
export function spansOf(value: Json, place: string): readonly Span[] {
  const spans: Span[] = [];
  gather(spans, value, place);
  return spans;
}

function gather(spans: Span[], value: Json, place: string): void {
  if (Array.isArray(value)) return gatherAll(spans, value as readonly Json[], place);
  const record = asObject(value, place);
  const group = groupKeys.find((key) => record[key] !== undefined);
  if (group !== undefined) return gatherGroups(spans, listIn(record, group, place), below(place, group));
  if (isGroup(record)) return gatherGroup(spans, record, place);
  if (holdsTrace(record)) return gather(spans, record['trace'] ?? null, below(place, 'trace'));
  const list = ['spans', 'data'].find((key) => record[key] !== undefined);
  if (list !== undefined && !isSpan(record))
    return gatherAll(spans, listIn(record, list, place), below(place, list));
  if (!isSpan(record)) throw broken(place, 'a span must stand here: a name, attributes, and ids or times');
  spans.push(spanOf(record, place));
}

function gatherAll(spans: Span[], list: readonly Json[], place: string): void {
  for (const [index, one] of list.entries()) gather(spans, one, below(place, index));
}

/** From here on places lie within a record: they grow by what needs no escape. */
function gatherGroups(spans: Span[], groups: readonly Json[], place: string): void {
  for (const [index, group] of groups.entries()) gatherGroup(spans, group, `${place}/${index}`);
}

function gatherGroup(spans: Span[], group: Json, place: string): void {
  const resource = asObject(group, place);
  const key = scopeKeys.find((name) => name in resource);
  if (key === undefined) throw broken(place, 'scopeSpans are missing here');
  gatherScopes(spans, listIn(resource, key, place), below(place, key));
}

function gatherScopes(spans: Span[], scopes: readonly Json[], place: string): void {
  for (const [index, scope] of scopes.entries()) {
    const at = `${place}/${index}`;
    for (const [position, span] of listIn(asObject(scope, at), 'spans', at).entries()) {
      const spanPlace = `${at}/spans/${position}`;
      spans.push(spanOf(asObject(span, spanPlace), spanPlace));
    }
  }
}

function spanOf(record: JsonObject, place: string): Span {
  const startMs = startIn(record, place);
  const attributes = attributesOf(record, place);
  const { trace, id } = idsOf(record, place);
  return {
    trace,
    id,
    parent: parentOf(record, place),
    name: nameOf(record, place),
    startMs,
    endMs: endIn(record, startMs, place),
    attributes,
    told: toldBy(attributes),
    error: errorOf(record, attributes, place),
    place,
  };
}

function nameOf(record: JsonObject, place: string): string {
  const own = record['name'];
  if (typeof own === 'string') return own;
  const key = ['name', 'spanName', 'operationName'].find((one) => one in record) ?? 'name';
  const name = record[key] ?? null;
  if (typeof name === 'string') return name;
  throw broken(below(place, key), 'a span has a name, and it is a text', name);
}

const contextKeys = ['context', 'spanContext', 'span_context'];
const traceKeys = ['traceId', 'trace_id', 'traceID', 'context.trace_id'];
const spanKeys = ['spanId', 'span_id', 'spanID', 'context.span_id'];
const parentKeys = ['parentSpanId', 'parent_span_id', 'parentId', 'parent_id'];

function idsOf(record: JsonObject, place: string): Pick<Span, 'trace' | 'id'> {
  const key = contextKeys.find((one) => isJsonObject(record[one]));
  const context = key === undefined ? record : (record[key] as JsonObject);
  const at = key === undefined ? place : below(place, key);
  return { trace: idIn(context, traceKeys, at) ?? '', id: idIn(context, spanKeys, at) };
}

/** Its own, over those of its GenAI events, over columns such as `attributes.llm.model_name`. */
function attributesOf(record: JsonObject, place: string): JsonObject {
  const key = record['attributes'] === undefined ? 'tags' : 'attributes';
  const own = flatAttributes(record[key], `${place}/${key}`);
  const isTable = record[key] === undefined;
  const told = genAiEvents(record, place);
  const listed = own['events'] ?? null;
  if (told.length === 0 && listed === null && !isTable) return own;
  const columns = Object.entries(record).filter(([name]) => name.startsWith('attributes.'));
  const table = Object.fromEntries(columns.map(([name, one]) => [name.slice('attributes.'.length), one]));
  const parts = told.map(({ attributes }) => attributes);
  const messages = attributesOfEvents([...told, ...eventsIn(own['events'])], own);
  return Object.assign({}, flatAttributes(table, place), ...parts, messages, own) as JsonObject;
}

function genAiEvents(record: JsonObject, place: string): readonly SpanEvent[] {
  if (record['events'] === undefined) return [];
  return listIn(record, 'events', place).flatMap((event) => {
    const name = isJsonObject(event) ? firstText(event, ['name']) : null;
    if (!isJsonObject(event) || name?.startsWith('gen_ai.') !== true) return [];
    return [{ name, attributes: flatAttributes(event['attributes'], below(place, 'events')) }];
  });
}

function parentOf(record: JsonObject, place: string): string | null {
  const own = idIn(record, parentKeys, place);
  if (own !== null) return own;
  const parent = record['parentSpanContext'] ?? record['parent'] ?? null;
  if (isJsonObject(parent)) return idIn(parent, ['spanId', 'span_id'], below(place, 'parent'));
  const references = Array.isArray(record['references']) ? (record['references'] as readonly Json[]) : [];
  const [reference] = references.filter(isJsonObject);
  return reference === undefined ? idIn(record, ['parent'], place) : idIn(reference, ['spanID'], place);
}

/** Hexadecimal, base64 or a number; all zeros stand for none. */
function idIn(record: JsonObject, keys: readonly string[], place: string): string | null {
  for (const key of keys) {
    const value = record[key] ?? null;
    if (value === null || value === '') continue;
    if (typeof value !== 'string' && typeof value !== 'number')
      throw broken(below(place, key), 'an id must stand here', value);
    const id = typeof value === 'number' ? BigInt(Math.round(value)).toString(16) : hex(value);
    return /^0+$/.test(id) ? null : id;
  }
  return null;
}

/** Ids of 8 or 16 bytes in base64 end in `=`, which no other spelling does. */
function hex(text: string): string {
  const id = text.startsWith('0x') ? text.slice(2) : text;
  if (!id.endsWith('=') || !/^[A-Za-z0-9+/]{11}=$|^[A-Za-z0-9+/]{22}==$/.test(id)) return id.toLowerCase();
  return Array.from(atob(id), (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

function errorOf(record: JsonObject, attributes: JsonObject, place: string): string | null {
  const status = isJsonObject(record['status']) ? record['status'] : {};
  const code = status['code'] ?? status['status_code'] ?? record['status_code'] ?? null;
  const failed =
    code === 2 ||
    (typeof code === 'string' && /error$/i.test(code)) ||
    attributes['otel.status_code'] === 'ERROR' ||
    attributes['error'] === true;
  const type = firstText(attributes, ['error.type', 'exception.type']);
  if (!failed && type === null) return null;
  const message =
    firstText(status, ['message', 'description']) ??
    firstText(record, ['status_message', 'statusMessage']) ??
    exceptionMessage(record, place);
  return [type, message].filter((one) => one !== null).join(': ') || 'error';
}

function exceptionMessage(record: JsonObject, place: string): string | null {
  for (const event of listIn(record, 'events', place).filter(isJsonObject)) {
    const text = firstText(flatAttributes(event['attributes'], below(place, 'events')), [
      'exception.message',
    ]);
    if (text !== null) return text;
  }
  return null;
}
