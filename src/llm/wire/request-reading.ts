// Reading requests: what the wires of all providers have in common.
import { parse as parsePartial } from 'partial-json';
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { ToolCall, ToolOffer } from '../../team/ask.ts';
import type { WireProblem } from './codec.ts';

export function problem(message: string, param: string | null = null): WireProblem {
  return { kind: 'problem', message, param };
}

/** A text, or the texts of a list of parts; parts that hold no text leave a mark of their type (`[input_image]`). */
export function textOf(content: Json | undefined): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return (content as readonly Json[])
    .map((part) => {
      if (!isJsonObject(part)) return '';
      const text = part['text'] ?? part['refusal'];
      return typeof text === 'string' ? text : `[${stringOr(part['type'], 'part')}]`;
    })
    .join('\n');
}

/**
 * Arguments as the model wrote them: what is not the compact JSON of an object is kept as it was written, too. Of JSON that
 * breaks off, what stands before the break is read.
 */
export function argumentsOf(written: Json | undefined): Pick<ToolCall, 'arguments' | 'argumentsText'> {
  if (isJsonObject(written)) return { arguments: written };
  if (typeof written !== 'string' || written === '') return { arguments: {} };
  const read = objectIn(written);
  return JSON.stringify(read) === written ? { arguments: read } : { arguments: read, argumentsText: written };
}

function objectIn(text: string): JsonObject {
  const value = jsonOr(text, () => jsonOr(beginningOf(text), () => null));
  return isJsonObject(value) ? value : {};
}

function jsonOr(text: string, otherwise: () => Json): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // A model may write anything; it is data.
    return otherwise();
  }
}

/** What can be read of broken JSON, as JSON again: the partial reader takes `__proto__` for a prototype, and knows NaN. */
function beginningOf(text: string): string {
  try {
    return JSON.stringify(parsePartial(text));
  } catch {
    // Not even the beginning of JSON.
    return 'null';
  }
}

/** A function that an OpenAI request offers: `{name, description, parameters}`. */
export function functionOffer(tool: JsonObject): ToolOffer {
  return {
    name: stringOr(tool['name'], ''),
    description: stringOr(tool['description'], ''),
    parameters: isJsonObject(tool['parameters']) ? tool['parameters'] : {},
  };
}

/** The schema of `{type: 'json_schema', schema}`; any object for `{type: 'json_object'}`; null for free text. */
export function schemaOf(format: Json | undefined, named: Json | undefined): JsonObject | null {
  if (!isJsonObject(format)) return null;
  if (format['type'] === 'json_object') return { type: 'object' };
  if (format['type'] !== 'json_schema' || !isJsonObject(named)) return null;
  return isJsonObject(named['schema']) ? named['schema'] : {};
}

export function stringOr(value: Json | undefined, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

export function objectsOf(value: Json | undefined): readonly JsonObject[] {
  if (!Array.isArray(value)) return [];
  const list: readonly Json[] = value;
  return list.every(isJsonObject) ? list : list.filter(isJsonObject);
}

export function numberOr<T>(value: Json | undefined, otherwise: T): number | T {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

/** The first of some members that holds a whole number of tokens; null where none does. */
export function tokensIn(request: JsonObject, names: readonly string[]): number | null {
  for (const name of names) {
    const value = request[name];
    if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  }
  return null;
}

/** What an OpenAI request must have. Null when nothing is missing. */
export function missing(request: JsonObject, field: 'messages' | 'input'): WireProblem | null {
  if (typeof request['model'] !== 'string') return problem('you must provide a model parameter', 'model');
  return request[field] === undefined ? problem(`Missing required parameter: '${field}'.`, field) : null;
}
