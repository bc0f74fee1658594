// Gemini, the request: contents, system instruction, function declarations and generation config as a neutral call.
import { canonicalJson } from '../../base/canonical.ts';
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Message, ToolCall, ToolOffer } from '../../team/ask.ts';
import { wireCall, type WireCall, type WireProblem, type WireTarget } from './codec.ts';
import { numberOr, objectsOf, problem, stringOr, tokensIn } from './request-reading.ts';

const place = /^(?:\/v1(?:beta|alpha)?)?\/(?:models|tunedModels)\/([^/:]+):([a-zA-Z]+)$/;

/** Model and method of a path; null for one that is none of Gemini's. */
export function geminiPlace(path: string): { readonly model: string; readonly method: string } | null {
  const found = place.exec(path);
  return found === null ? null : { model: found[1] ?? '', method: found[2] ?? '' };
}

export function readGeminiRequest(request: JsonObject, { path, query }: WireTarget): WireCall | WireProblem {
  const { model, method } = geminiPlace(path) ?? { model: '', method: '' };
  if (!Array.isArray(request['contents'])) return problem('contents is not specified', 'contents');
  const streams = method === 'streamGenerateContent';
  if (streams && !/[?&]alt=sse\b/.test(query))
    return problem('muster streams server-sent events alone: add ?alt=sse', 'alt');
  const config = member(request, 'generationConfig', 'generation_config');
  const settings = isJsonObject(config) ? config : {};
  const system = member(request, 'systemInstruction', 'system_instruction');
  const instructions = isJsonObject(system) ? textOfParts(system) : '';
  const spoken = messagesOf(objectsOf(request['contents']));
  return wireCall({
    model,
    messages: instructions === '' ? spoken : [{ role: 'system', content: instructions }, ...spoken],
    tools: objectsOf(request['tools']).flatMap((tool) =>
      objectsOf(member(tool, 'functionDeclarations', 'function_declarations')).map(offerOf),
    ),
    responseSchema: schemaIn(settings),
    form: streams ? 'stream' : 'plain',
    choices: numberOr(settings['candidateCount'], 1),
    outputTokensMax: tokensIn(settings, ['maxOutputTokens', 'max_output_tokens']),
    request,
  });
}

/** The API takes both spellings of its members. */
function member(holder: JsonObject, camel: string, snake: string): Json | undefined {
  return holder[camel] ?? holder[snake];
}

function schemaIn(config: JsonObject): JsonObject | null {
  const schema =
    member(config, 'responseJsonSchema', 'response_json_schema') ??
    member(config, 'responseSchema', 'response_schema');
  if (isJsonObject(schema)) return schema;
  const type = member(config, 'responseMimeType', 'response_mime_type');
  return type === 'application/json' ? { type: 'object' } : null;
}

function offerOf(declaration: JsonObject): ToolOffer {
  const schema =
    member(declaration, 'parametersJsonSchema', 'parameters_json_schema') ?? declaration['parameters'];
  return {
    name: stringOr(declaration['name'], ''),
    description: stringOr(declaration['description'], ''),
    parameters: isJsonObject(schema) ? schema : {},
  };
}

/** Calls without an id are numbered in order; a response without one answers the first open call of its name. */
function messagesOf(contents: readonly JsonObject[]): readonly Message[] {
  const open: { readonly id: string; readonly name: string }[] = [];
  let calls = 0;
  const nextId = (): string => {
    calls += 1;
    return `call_${calls}`;
  };
  return contents.flatMap((content): readonly Message[] => {
    const parts = objectsOf(content['parts']);
    if (content['role'] === 'model') {
      const toolCalls = parts.flatMap((part) => callIn(part, nextId));
      open.push(...toolCalls);
      return [{ role: 'assistant', content: textOfParts(content), toolCalls }];
    }
    const results = parts.flatMap((part) => resultIn(part, open));
    const hasText = parts.some((part) => part['functionResponse'] === undefined);
    return hasText ? [...results, { role: 'user', content: textOfParts(content) }] : results;
  });
}

function callIn(part: JsonObject, nextId: () => string): readonly ToolCall[] {
  const call = part['functionCall'];
  if (!isJsonObject(call)) return [];
  return [
    {
      id: stringOr(call['id'], '') || nextId(),
      name: stringOr(call['name'], ''),
      arguments: isJsonObject(call['args']) ? call['args'] : {},
    },
  ];
}

function resultIn(
  part: JsonObject,
  open: { readonly id: string; readonly name: string }[],
): readonly Message[] {
  const response = part['functionResponse'];
  if (!isJsonObject(response)) return [];
  const name = stringOr(response['name'], '');
  const id = stringOr(response['id'], '');
  const at = open.findIndex((call) => (id === '' ? call.name === name : call.id === id));
  const [call] = at < 0 ? [] : open.splice(at, 1);
  return [
    { role: 'tool', callId: call?.id ?? id, name, content: canonicalJson(response['response'] ?? null) },
  ];
}

/** Thoughts are no part of what was said; parts that hold no text leave a mark. */
function textOfParts(content: JsonObject): string {
  return objectsOf(content['parts'])
    .filter((part) => part['thought'] !== true)
    .filter((part) => part['functionCall'] === undefined && part['functionResponse'] === undefined)
    .map((part) => (typeof part['text'] === 'string' ? part['text'] : `[${Object.keys(part)[0] ?? 'part'}]`))
    .join('\n');
}
