// Steps out of a span: what kind of thing it was decides which of its attributes are read.
import { isJsonObject, type Json } from '../../base/json.ts';
import type { Message, ToolCall } from '../../team/ask.ts';
import { finished, finishNamed, messagesOf, saidInPieces, saidOf } from '../dialect/messages.ts';
import { offersOf } from '../dialect/offers.ts';
import { piecesOf, plainText, toolArguments } from '../dialect/pieces.ts';
import { toolMessageIn } from '../dialect/tool-message.ts';
import { unpacked } from '../dialect/unpacked.ts';
import { usageOf } from '../dialect/usage-of.ts';
import type { StepSink } from '../format.ts';
import type { Said, StepBody } from '../step.ts';
import { stepAt } from '../step-at.ts';
import { numbered } from './attributes.ts';
import { textTold, type Span } from './span.ts';

/** `plumbing`: what frameworks do between steps; it holds the tree together and is listed as left out. */
export type SpanKind =
  | { readonly kind: 'model' }
  | { readonly kind: 'tool' }
  | { readonly kind: 'agent'; readonly agent: string }
  | { readonly kind: 'plumbing'; readonly what: string };

/** Messages under numbered keys: OpenInference, OpenLLMetry and its older form of the conventions. */
const numberedInputs = ['llm.input_messages', 'gen_ai.prompt', 'llm.prompts'];
const numberedOutputs = ['llm.output_messages', 'gen_ai.completion', 'llm.completions'];

export interface SpanPlace {
  readonly run: string;
  readonly kind: SpanKind;
}

/** Tells what a span stands for. */
export function tellSpan(span: Span, { run, kind }: SpanPlace, sink: StepSink): void {
  const { id, parent, startMs, endMs, place } = span;
  const named = textTold(span, 'agent');
  const agent = kind.kind === 'agent' ? kind.agent : named;
  sink.step(stepAt({ run, id, parent, agent, startMs, endMs, place }, bodyOf(span, kind, sink.keeps)));
  if (kind.kind === 'plumbing')
    sink.skip(`${kind.what} span`, 'it holds other spans together, and is no step itself');
  const to = textTold(span, 'target');
  if (to === null) return;
  const passed = { run, id: null, parent: id ?? parent, agent: named, startMs, endMs, place };
  sink.step(stepAt(passed, { kind: 'handoff', from: null, to, payload: {} }));
}

function bodyOf(span: Span, { kind }: SpanKind, keeps: StepSink['keeps']): StepBody {
  switch (kind) {
    case 'model':
      return modelOf(span, keeps);
    case 'tool':
      return toolOf(span);
    case 'agent':
    case 'plumbing':
      return { kind: 'agent' };
  }
}

type BodyOf<K extends StepBody['kind']> = Extract<StepBody, { readonly kind: K }>;

function modelOf(span: Span, keeps: StepSink['keeps']): BodyOf<'model'> {
  return {
    kind: 'model',
    model: textTold(span, 'model'),
    input: keeps === 'asks' ? inputOf(span) : null,
    offers: keeps === 'asks' ? offersIn(span) : [],
    said: saidIn(span),
    usage: usageTold(span),
    error: span.error,
  };
}

function usageTold({ told }: Span): BodyOf<'model'>['usage'] {
  const { inputTokens, outputTokens } = told;
  return usageOf({ inputTokens: inputTokens ?? null, outputTokens: outputTokens ?? null });
}

function inputOf(span: Span): readonly Message[] | null {
  const messages = messagesOf(numberedIn(span, numberedInputs) ?? span.told.input ?? null);
  const system = unpacked(span.told.system ?? null);
  if (messages === null || system === null || messages.some(({ role }) => role === 'system')) return messages;
  const content = piecesOf(system)
    .flatMap((piece) => (piece.kind === 'text' ? [piece.text] : []))
    .join('\n');
  return [{ role: 'system', content }, ...messages];
}

function offersIn(span: Span): BodyOf<'model'>['offers'] {
  const told = span.told.offers ?? null;
  if (told !== null) return offersOf(told);
  const list = numbered(span.attributes, 'llm.tools');
  if (!Array.isArray(list)) return [];
  return (list as readonly Json[]).flatMap((one) =>
    offersOf(isJsonObject(one) ? (schemaOf(one) ?? one) : one),
  );
}

/** OpenInference: `llm.tools.<i>.tool.json_schema`. */
function schemaOf(one: { readonly [key: string]: Json }): Json | undefined {
  const { tool } = one;
  return one['tool.json_schema'] ?? (isJsonObject(tool) ? tool['json_schema'] : undefined);
}

function numberedIn(span: Span, prefixes: readonly string[]): Json | null {
  for (const prefix of prefixes) {
    const value = numbered(span.attributes, prefix);
    if (value !== null) return value;
  }
  return null;
}

function saidIn(span: Span): Said | null {
  const finish = unpacked(span.told.finish ?? null);
  const finishReason = finishNamed(Array.isArray(finish) ? (finish as readonly Json[])[0] : finish);
  const vercel = vercelSaid(span);
  const said = vercel ?? saidOf(numberedIn(span, numberedOutputs) ?? span.told.output ?? null);
  return said === null ? null : finished(said, finishReason);
}

/** The Vercel AI SDK spreads an answer over several attributes. */
function vercelSaid(span: Span): Said | null {
  const { text = null, reasoning = null } = span.told;
  const calls = unpacked(span.told.toolCalls);
  if (text === null && calls === null) return null;
  const toolCalls = Array.isArray(calls) ? (calls as readonly Json[]).filter(isJsonObject) : [];
  return saidInPieces(
    [
      ...(text === null ? [] : [{ kind: 'text', text: plainText(text) } as const]),
      ...(reasoning === null ? [] : [{ kind: 'reasoning', text: plainText(reasoning) } as const]),
      ...toolCalls.flatMap((call) => piecesOf({ ...call, type: 'tool-call' })),
    ],
    null,
  );
}

function toolOf(span: Span): BodyOf<'tool'> {
  const result = unpacked(span.told.result ?? null);
  const message = toolMessageIn(result);
  const failed = message?.failed === true;
  return {
    kind: 'tool',
    tool: textTold(span, 'tool') ?? toolNamed(span.name),
    callId: textTold(span, 'callId') ?? message?.callId ?? null,
    arguments: argumentsIn(span).arguments,
    result: failed ? null : message === null ? result : message.content,
    error: span.error ?? (failed ? plainText(message.content) : null),
  };
}

function argumentsIn(span: Span): Pick<ToolCall, 'arguments'> {
  const value = unpacked(span.told.arguments ?? null);
  if (isJsonObject(value) || value === null) return toolArguments(value);
  return { arguments: { input: value } };
}

/** Emitters put what they do in front of the name, and brackets around it. */
export function toolNamed(name: string): string {
  return /^(?:execute_tool|running tool:?|tool)\s+\[?(.+?)\]?$/i.exec(name)?.[1] ?? name;
}

export function agentNamed(name: string): string {
  return /^(?:invoke_agent|agent_run|create_agent|agent)\s*\[?(.+?)\]?$/i.exec(name)?.[1] ?? name;
}
