// Pieces of messages: what any provider or framework puts into the content of a message, in one vocabulary.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { ToolCall } from '../../team/ask.ts';
import { firstText } from '../reading.ts';
import { unpacked } from './unpacked.ts';

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  | { readonly kind: 'refusal'; readonly text: string }
  | { readonly kind: 'call'; readonly call: ToolCall }
  | { readonly kind: 'result'; readonly callId: string; readonly name: string; readonly content: Json };

type PieceReader = (part: JsonObject) => readonly Piece[];

/** Calls of tools that the provider runs itself (Responses API), by the name that the tool has. */
export const hostedCalls = {
  web_search_call: 'web_search',
  file_search_call: 'file_search',
  computer_call: 'computer',
  code_interpreter_call: 'code_interpreter',
  image_generation_call: 'image_generation',
  local_shell_call: 'local_shell',
  mcp_call: 'mcp',
} as const;

/** By the `type` of a part. Sources: OpenAI chat and Responses, Anthropic, OTel GenAI messages, Vercel AI SDK, LangChain. */
const byType: Readonly<Record<string, PieceReader>> = {
  text: textOf('text'),
  input_text: textOf('text'),
  output_text: textOf('text'),
  summary_text: textOf('reasoning'),
  reasoning: textOf('reasoning'),
  thinking: textOf('reasoning'),
  redacted_thinking: () => [{ kind: 'reasoning', text: '[redacted]' }],
  refusal: textOf('refusal'),
  message: (part) => piecesOf(part['content']),
  tool_call: callOf,
  'tool-call': callOf,
  tool_use: callOf,
  server_tool_use: callOf,
  function: callOf,
  function_call: callOf,
  custom_tool_call: callOf,
  ...Object.fromEntries(Object.entries(hostedCalls).map(([type, name]) => [type, hostedCallOf(name)])),
  tool_call_response: resultOf,
  tool_result: resultOf,
  'tool-result': resultOf,
  function_call_output: resultOf,
  function_call_result: resultOf,
  custom_tool_call_output: resultOf,
};

/** Parts without a type, by the field that tells what they are. Sources: Gemini, any-agent, OpenInference, Bedrock. */
const byField: readonly (readonly [field: string, read: PieceReader])[] = [
  ['function_call', (part) => piecesOfCall(part['function_call'])],
  ['functionCall', (part) => piecesOfCall(part['functionCall'])],
  ['function_response', (part) => piecesOfResult(part['function_response'])],
  ['functionResponse', (part) => piecesOfResult(part['functionResponse'])],
  ['tool.name', callOf],
  ['tool_call', (part) => piecesOfCall(part['tool_call'])],
  ['toolUse', (part) => piecesOfCall(part['toolUse'])],
  ['toolResult', (part) => piecesOfResult(part['toolResult'])],
  ['function', callOf],
  ['args', callOf],
  ['message_content', (part) => piecesOf(part['message_content'])],
  ['text', (part) => textOf(part['thought'] === true ? 'reasoning' : 'text')(part)],
  ['parts', (part) => piecesOf(part['parts'])],
  ['content', (part) => piecesOf(part['content'])],
];

/** The pieces of a content: a text, a part, or a list of parts. What is no words is named in brackets. */
export function piecesOf(content: Json | undefined): readonly Piece[] {
  if (content === undefined || content === null || content === '') return [];
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  if (Array.isArray(content)) return allPieces(content as readonly Json[]);
  if (!isJsonObject(content)) return [{ kind: 'text', text: JSON.stringify(content) }];
  const type = typeof content['type'] === 'string' ? content['type'] : '';
  if (Object.hasOwn(byType, type)) return byType[type]?.(content) ?? [];
  const field = byField.find(([name]) => (content[name] ?? null) !== null);
  if (field !== undefined) return field[1](content);
  return [{ kind: 'text', text: type === '' ? JSON.stringify(content) : `[${type}]` }];
}

function allPieces(parts: readonly Json[]): readonly Piece[] {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return piecesOf(only);
  const pieces: Piece[] = [];
  for (const part of parts) pieces.push(...piecesOf(part));
  return pieces;
}

function textOf(kind: 'text' | 'reasoning' | 'refusal'): PieceReader {
  return (part) => {
    const value =
      part['text'] ?? part['content'] ?? part['thinking'] ?? part['refusal'] ?? part['summary'] ?? null;
    const text = plainText(isJsonObject(value) ? (value['value'] ?? null) : value);
    return text === '' ? [] : [{ kind, text }];
  };
}

/** All words of a value; what holds none is printed as JSON. */
export function plainText(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  return (value as readonly Json[])
    .map((one) => (isJsonObject(one) && typeof one['text'] === 'string' ? one['text'] : plainText(one)))
    .join('\n');
}

function piecesOfCall(value: Json | undefined): readonly Piece[] {
  return isJsonObject(value) ? callOf(value) : [];
}

function piecesOfResult(value: Json | undefined): readonly Piece[] {
  return isJsonObject(value) ? resultOf(value) : [];
}

/** What providers and SDKs call the id of a call. */
export const callIds = ['call_id', 'callId', 'toolCallId', 'tool_call_id', 'toolUseId', 'id'] as const;

/** The calls of a message's `tool_calls`, whose entries need no type. */
export function piecesOfCalls(calls: Json | undefined): readonly Piece[] {
  if (!Array.isArray(calls)) return [];
  return (calls as readonly Json[]).flatMap((call) => {
    const named = piecesOfCall(call);
    return named.length > 0 ? named : piecesOf(call);
  });
}

function callOf(part: JsonObject): readonly Piece[] {
  const inner = isJsonObject(part['function']) ? part['function'] : part;
  const name = firstText(inner, ['name', 'toolName', 'tool_name', 'tool.name']);
  if (name === null) return [];
  const id = firstText(part, callIds) ?? '';
  const args =
    inner['arguments'] ??
    inner['args'] ??
    inner['input'] ??
    inner['tool.args'] ??
    inner['parameters'] ??
    null;
  return [{ kind: 'call', call: { id, name, ...toolArguments(args) } }];
}

/** Arguments as an object; what is none keeps its words. */
export function toolArguments(value: Json): Pick<ToolCall, 'arguments' | 'argumentsText'> {
  const inner = unpacked(value);
  if (isJsonObject(inner)) return { arguments: inner };
  if (inner === null || inner === '') return { arguments: {} };
  return { arguments: {}, argumentsText: typeof value === 'string' ? value : JSON.stringify(value) };
}

function hostedCallOf(name: string): PieceReader {
  return (part) =>
    callOf({ name, arguments: part['action'] ?? part['queries'] ?? part['code'] ?? null, ...part });
}

function resultOf(part: JsonObject): readonly Piece[] {
  const callId = firstText(part, ['tool_use_id', ...callIds]) ?? '';
  const name = firstText(part, ['name', 'toolName', 'tool_name']) ?? '';
  const content = part['response'] ?? part['result'] ?? part['output'] ?? part['content'] ?? null;
  return [{ kind: 'result', callId, name, content }];
}
