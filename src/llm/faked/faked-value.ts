// Faked values: a JSON value that fits a JSON Schema, with realistic content where a field's name tells what it holds.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { fakeNumber } from './faked-number.ts';
import { fakeText } from './faked-text.ts';
import type { FakedWorld } from './faked-world.ts';

/** How likely an optional property is there. */
const optionalShare = 0.75;
/** Optional properties that only some agents may set: a made-up one would send the work astray. */
const leftOut = new Set(['next']);
/** A schema that refers to itself ends here. */
const depthMax = 6;

interface Place extends FakedWorld {
  readonly root: JsonObject;
  readonly depth: number;
}

/** `field` is the name under which the value stands. Keywords honoured: see the functions below, one a type. */
export function fakeValue(schema: JsonObject, field: string, world: FakedWorld): Json {
  return valueOf(schema, field, { ...world, root: schema, depth: 0 });
}

function valueOf(schema: JsonObject, field: string, place: Place): Json {
  const { faker } = place;
  if (schema['const'] !== undefined) return schema['const'];
  if (Array.isArray(schema['enum'])) return faker.helpers.arrayElement(schema['enum'] as readonly Json[]);
  if (typeof schema['$ref'] === 'string')
    return valueOf(referred(schema['$ref'], place.root), field, deeper(place));
  const branches = branchesOf(schema);
  if (branches !== null) return valueOf(pickBranch(branches, place), field, deeper(place));
  if (Array.isArray(schema['allOf'])) return valueOf(merged(schema), field, deeper(place));
  switch (typeOf(schema, place)) {
    case 'object':
      return fakeObject(schema, place);
    case 'array':
      return fakeArray(schema, field, place);
    case 'string':
      return fakeText(schema, field, place);
    case 'integer':
    case 'number':
      return fakeNumber(schema, field, place);
    case 'boolean':
      return faker.datatype.boolean();
    case 'null':
      return null;
  }
}

type SchemaType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';

/** Of several types one is drawn, null rarely; without a type, the keywords tell. */
function typeOf(schema: JsonObject, { faker }: Place): SchemaType {
  const type = schema['type'];
  if (Array.isArray(type)) {
    const real = type.filter((one) => one !== 'null') as readonly SchemaType[];
    const isNull = real.length === 0 || (real.length < type.length && faker.datatype.boolean(0.15));
    return isNull ? 'null' : faker.helpers.arrayElement(real);
  }
  if (typeof type === 'string') return type as SchemaType;
  if (isJsonObject(schema['properties'])) return 'object';
  return schema['items'] === undefined ? 'string' : 'array';
}

function fakeObject(schema: JsonObject, place: Place): JsonObject {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  const value: Record<string, Json> = {};
  for (const [name, property] of Object.entries(properties)) {
    if (!isJsonObject(property)) continue;
    if (
      !required.has(name) &&
      (leftOut.has(name) || place.depth >= depthMax || !place.faker.datatype.boolean(optionalShare))
    )
      continue;
    value[name] = valueOf(property, name, deeper(place));
  }
  return value;
}

function fakeArray(schema: JsonObject, field: string, place: Place): readonly Json[] {
  const items = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
  const tuple = items.filter(isJsonObject).map((item) => valueOf(item, field, deeper(place)));
  const item = schema['items'];
  if (!isJsonObject(item)) return tuple;
  const min = numberOr(schema['minItems'], 0);
  const max = numberOr(schema['maxItems'], Math.max(min, 3));
  const count = place.depth >= depthMax ? min : place.faker.number.int({ min, max });
  const values: Json[] = [...tuple];
  for (let tries = 0; values.length < count && tries < count * 8; tries += 1) {
    const value = valueOf(item, singular(field), deeper(place));
    const isTwin =
      schema['uniqueItems'] === true && values.some((one) => JSON.stringify(one) === JSON.stringify(value));
    if (!isTwin) values.push(value);
  }
  return values;
}

function branchesOf(schema: JsonObject): readonly JsonObject[] | null {
  const branches = schema['anyOf'] ?? schema['oneOf'];
  return Array.isArray(branches) && branches.length > 0 ? branches.filter(isJsonObject) : null;
}

/** Null is drawn rarely, and deep down the simplest branch is taken. */
function pickBranch(branches: readonly JsonObject[], { faker, depth }: Place): JsonObject {
  const real = branches.filter((branch) => branch['type'] !== 'null');
  const nothing = branches.find((branch) => branch['type'] === 'null');
  if (nothing !== undefined && (real.length === 0 || depth >= depthMax || faker.datatype.boolean(0.15)))
    return nothing;
  return faker.helpers.arrayElement(real);
}

function merged(schema: JsonObject): JsonObject {
  const { allOf, ...rest } = schema;
  let properties: JsonObject = isJsonObject(rest['properties']) ? rest['properties'] : {};
  let required: readonly Json[] = Array.isArray(rest['required']) ? rest['required'] : [];
  let whole: JsonObject = rest;
  for (const part of (allOf as readonly Json[]).filter(isJsonObject)) {
    whole = { ...part, ...whole };
    if (isJsonObject(part['properties'])) properties = { ...part['properties'], ...properties };
    if (Array.isArray(part['required'])) required = [...required, ...(part['required'] as readonly Json[])];
  }
  return { ...whole, properties, required };
}

function referred(reference: string, root: JsonObject): JsonObject {
  let found: Json | undefined = root;
  for (const step of reference.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    found = isJsonObject(found) ? found[name] : undefined;
  }
  return isJsonObject(found) ? found : {};
}

function deeper(place: Place): Place {
  return { ...place, depth: place.depth + 1 };
}

function numberOr(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function singular(field: string): string {
  if (/ies$/i.test(field)) return field.replace(/ies$/i, 'y');
  return /ss$/i.test(field) ? field : field.replace(/s$/i, '');
}
