// Messages in any dialect: what a model was shown, and what it said.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { FinishReason, Message, ToolCall } from '../../team/ask.ts';
import { firstText } from '../reading.ts';
import type { Said } from '../step.ts';
import { callIds, hostedCalls, piecesOf, piecesOfCalls, plainText, type Piece } from './pieces.ts';
import { unwrappedMessage } from './langchain.ts';
import { unpacked } from './unpacked.ts';

type Role = Message['role'];

const roles: Readonly<Record<string, Role>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  aimessagechunk: 'assistant',
  aimessage: 'assistant',
  humanmessage: 'user',
  systemmessage: 'system',
  toolmessage: 'tool',
  model: 'assistant',
  tool: 'tool',
  function: 'tool',
  function_call: 'assistant',
  custom_tool_call: 'assistant',
  reasoning: 'assistant',
  function_call_output: 'tool',
  function_call_result: 'tool',
  custom_tool_call_output: 'tool',
  ...Object.fromEntries(Object.keys(hostedCalls).map((type) => [type, 'assistant'])),
};

/** Whether a role is one of those that every dialect has, and not a program's own. */
export function isKnownRole(name: string): boolean {
  return Object.hasOwn(roles, name.toLowerCase());
}

/** What a model was shown; null for what holds no messages. A text is a user's message. */
export function messagesOf(value: Json | undefined): readonly Message[] | null {
  const inner = unpacked(value);
  const list = listOf(inner);
  if (list === null) return null;
  const names = new Map<string, string>();
  const messages: Message[] = [];
  for (const one of list) tellMessage(one, names, messages);
  return messages;
}

function listOf(value: Json): readonly Json[] | null {
  if (value === null || value === '') return null;
  if (Array.isArray(value)) {
    const [only] = value as readonly Json[];
    // LangChain batches: a list of one conversation.
    return value.length === 1 && Array.isArray(only) ? (only as readonly Json[]) : (value as readonly Json[]);
  }
  if (!isJsonObject(value)) return [value];
  for (const key of ['messages', 'contents', 'input', 'prompt']) {
    const inner = unpacked(value[key]);
    if (inner !== null) return withSystem(value, listOf(inner) ?? []);
  }
  return 'role' in value || 'content' in value || 'parts' in value || 'type' in value ? [value] : null;
}

/** Anthropic, Gemini and the Responses API keep the system prompt beside the messages. */
function withSystem(request: JsonObject, list: readonly Json[]): readonly Json[] {
  const config = isJsonObject(request['config']) ? request['config'] : request;
  const system = request['system'] ?? request['instructions'] ?? config['system_instruction'] ?? null;
  return system === null ? list : [{ role: 'system', content: system }, ...list];
}

/** Tells a message, behind the results of tools that it holds. */
function tellMessage(value: Json, names: Map<string, string>, messages: Message[]): void {
  const record = bare(value);
  if (record === null) {
    messages.push({ role: 'user', content: plainText(value) });
    return;
  }
  const role = roleOf(record);
  const pieces = piecesOfMessage(record, role);
  let results = 0;
  for (const piece of pieces) {
    if (piece.kind !== 'result') continue;
    const { callId, name, content } = piece;
    const tool = name === '' ? (names.get(callId) ?? '') : name;
    messages.push({ role: 'tool', callId, name: tool, content: plainText(content) });
    results += 1;
  }
  const content = textOf(pieces, 'text');
  const toolCalls = callsOf(pieces);
  for (const call of toolCalls) names.set(call.id, call.name);
  if (role === 'assistant') messages.push({ role, content, toolCalls });
  else if (role !== 'tool' && (content !== '' || results === 0)) messages.push({ role, content });
}

/** The message itself, out of the wrappings that frameworks put around it; null for what is none. */
function bare(value: Json): JsonObject | null {
  const inner = unpacked(value);
  if (!isJsonObject(inner)) return null;
  const { message } = inner;
  return isJsonObject(message) ? bare(message) : unwrappedMessage(inner);
}

function roleOf(record: JsonObject): Role {
  const name = firstText(record, ['role']) ?? firstText(record, ['type']) ?? 'user';
  return roles[name.toLowerCase()] ?? 'user';
}

function piecesOfMessage(record: JsonObject, role: Role): readonly Piece[] {
  const content = record['content'] ?? record['parts'] ?? record['contents'] ?? null;
  const isPart = content === null && !('role' in record) && !('tool_calls' in record);
  const pieces = piecesOf(isPart ? record : content);
  if (role === 'tool')
    return pieces.some(({ kind }) => kind === 'result') ? pieces : [wholeResult(record, content)];
  const { tool_calls: calls, function_call: call, refusal, reasoning_content: reasoning } = record;
  if ((calls ?? call ?? refusal ?? reasoning ?? null) === null) return pieces;
  return [
    ...pieces,
    ...piecesOfCalls(calls),
    ...(isJsonObject(call) ? piecesOf({ function_call: call }) : []),
    ...(typeof refusal === 'string' ? [{ kind: 'refusal', text: refusal } as const] : []),
    ...(typeof reasoning === 'string' && reasoning !== ''
      ? [{ kind: 'reasoning', text: reasoning } as const]
      : []),
  ];
}

function wholeResult(record: JsonObject, content: Json): Piece {
  const callId =
    firstText(
      record,
      callIds.filter((key) => key !== 'id'),
    ) ?? '';
  return { kind: 'result', callId, name: firstText(record, ['name', 'tool_name']) ?? '', content };
}

/** What a model said: a message, a list of them, or a provider's whole response. Null for what says nothing. */
export function saidOf(value: Json | undefined): Said | null {
  const inner = unpacked(value);
  if (inner === null || inner === '') return null;
  // A structured answer is JSON too: its words are the text as the model wrote it.
  if (!isAnswer(inner)) return saidInPieces([{ kind: 'text', text: plainText(value ?? null) }], null);
  return saidInPieces(answerPieces(inner), finishOf(inner));
}

const answerFields =
  'role content parts tool_calls message messages kwargs choices candidates generations output tool.name function_call functionCall refusal text'.split(
    ' ',
  );

/** Whether a value is made as messages and responses are. */
function isAnswer(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && (value as readonly Json[]).every(isAnswer);
  if (!isJsonObject(value)) return false;
  return answerFields.some((field) => field in value) || typeof value['type'] === 'string';
}

export function saidInPieces(pieces: readonly Piece[], finishReason: FinishReason | null): Said {
  const refusal = textOf(pieces, 'refusal');
  const reasoning = textOf(pieces, 'reasoning');
  const said = {
    text: textOf(pieces, 'text'),
    toolCalls: callsOf(pieces),
    finishReason: null,
    refusal: refusal === '' ? null : refusal,
    reasoning: reasoning === '' ? null : reasoning,
  };
  return finished(said, finishReason);
}

/** Gemini says STOP of an answer that calls tools. */
export function finished(said: Said, finishReason: FinishReason | null): Said {
  const calls = said.toolCalls.length > 0 && finishReason === 'stop';
  const { text, toolCalls, refusal, reasoning } = said;
  const reason = calls ? 'toolCalls' : (finishReason ?? said.finishReason);
  return { text, toolCalls, finishReason: reason, refusal, reasoning };
}

function answerPieces(value: Json): readonly Piece[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(answerPieces);
  const record = bare(value);
  if (record === null) return piecesOf(value);
  for (const key of wrappers) {
    const inner = unpacked(record[key]);
    if (Array.isArray(inner) || isJsonObject(inner)) return answerPieces(firstChoice(key, inner));
  }
  return piecesOfMessage(record, 'assistant');
}

/** Where providers and frameworks keep the messages of a response, the outermost first. */
const wrappers = ['choices', 'candidates', 'generations', 'output', 'messages', 'delta', 'content'] as const;

function firstChoice(key: string, inner: Json): Json {
  const choosing = key === 'choices' || key === 'candidates' || key === 'generations';
  return choosing && Array.isArray(inner) ? ((inner as readonly Json[])[0] ?? null) : inner;
}

function textOf(pieces: readonly Piece[], kind: 'text' | 'refusal' | 'reasoning'): string {
  let text: string | null = null;
  for (const piece of pieces)
    if (piece.kind === kind) text = text === null ? piece.text : `${text}\n${piece.text}`;
  return text ?? '';
}

function callsOf(pieces: readonly Piece[]): readonly ToolCall[] {
  const calls: ToolCall[] = [];
  for (const piece of pieces) if (piece.kind === 'call') calls.push(piece.call);
  return calls;
}

const finishes: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  completed: 'stop',
  tool_calls: 'toolCalls',
  'tool-calls': 'toolCalls',
  tool_call: 'toolCalls',
  tool_use: 'toolCalls',
  function_call: 'toolCalls',
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  incomplete: 'length',
  content_filter: 'contentFilter',
  'content-filter': 'contentFilter',
  refusal: 'contentFilter',
  safety: 'contentFilter',
};

/** A provider's word for why it stopped; null for one that is not known. */
export function finishNamed(name: Json | undefined): FinishReason | null {
  return typeof name === 'string' ? (finishes[name.toLowerCase()] ?? null) : null;
}

function finishOf(value: Json): FinishReason | null {
  if (Array.isArray(value)) return finishOf((value as readonly Json[]).at(-1) ?? null);
  if (!isJsonObject(value)) return null;
  const own = finishNamed(value['finish_reason'] ?? value['finishReason'] ?? value['stop_reason']);
  if (own !== null) return own;
  const inner = value['choices'] ?? value['candidates'] ?? null;
  return inner === null ? null : finishOf(firstChoice('choices', inner));
}
