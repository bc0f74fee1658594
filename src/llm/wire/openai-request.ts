// Reading OpenAI requests: what its two APIs have in common.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { ToolOffer } from '../../team/ask.ts';
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

/** Arguments as the model wrote them; what is not a JSON object is kept under `unreadable`. */
export function argumentsOf(text: Json | undefined): JsonObject {
  if (typeof text !== 'string' || text.trim() === '') return {};
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : { unreadable: text };
  } catch {
    // A model may write anything; it is data.
    return { unreadable: text };
  }
}

/** A function that a request offers: `{name, description, parameters}`. */
export function offerOf(tool: JsonObject): ToolOffer {
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
  return Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];
}

/** What every request must have. Null when nothing is missing. */
export function missing(request: JsonObject, field: 'messages' | 'input'): WireProblem | null {
  if (typeof request['model'] !== 'string') return problem('you must provide a model parameter', 'model');
  return request[field] === undefined ? problem(`Missing required parameter: '${field}'.`, field) : null;
}
