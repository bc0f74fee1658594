// Steps out of a span: what kind of thing it was decides which of its attributes are read.
import { isJsonObject, type Json } from '../../base/json.ts';
import type { Message, ToolCall } from '../../team/ask.ts';
import { finished, finishNamed, messagesOf, saidInPieces, saidOf } from '../dialect/messages.ts';
import { offersOf } from '../dialect/offers.ts';
import { piecesOf, plainText, toolArguments } from '../dialect/pieces.ts';
import { unpacked } from '../dialect/unpacked.ts';
import { usageIn } from '../dialect/usage-of.ts';
import type { StepSink } from '../format.ts';
import type { Said, Step } from '../step.ts';
import { numbered } from './attributes.ts';
import { attribute, textAttribute, type Span } from './span.ts';

/** `plumbing`: what frameworks do between steps; it holds the tree together and is listed as left out. */
export type SpanKind =
  | { readonly kind: 'model' }
  | { readonly kind: 'tool' }
  | { readonly kind: 'agent'; readonly agent: string }
  | { readonly kind: 'plumbing'; readonly what: string };

/** The sources are named in the order in which they are believed: conventions first, emitters' own names after. */
const keys = {
  agent: ['gen_ai.agent.name', 'agent.name', 'gen_ai.agent.id', 'ai.telemetry.functionId'],
  model: ['gen_ai.request.model', 'gen_ai.response.model', 'llm.model_name', 'ai.model.id', 'model'],
  system: ['gen_ai.system_instructions', 'gen_ai.system.instructions'],
  input: [
    'gen_ai.input.messages',
    'ai.prompt.messages',
    'gen_ai.request.messages',
    'gcp.vertex.agent.llm_request',
    'ai.prompt',
    'input.value',
    'traceloop.entity.input',
  ],
  output: [
    'gen_ai.output.messages',
    'gen_ai.output',
    'gen_ai.response.messages',
    'gcp.vertex.agent.llm_response',
    'output.value',
    'traceloop.entity.output',
  ],
  offers: ['gen_ai.tool.definitions', 'ai.prompt.tools', 'gen_ai.request.tools', 'llm.request.functions'],
  finish: ['gen_ai.response.finish_reasons', 'ai.response.finishReason', 'gen_ai.response.finish_reason'],
  inputTokens: [
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'ai.usage.inputTokens',
    'ai.usage.promptTokens',
    'input_tokens',
  ],
  outputTokens: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
    'output_tokens',
  ],
  tool: ['gen_ai.tool.name', 'ai.toolCall.name', 'tool.name', 'tool_name', 'traceloop.entity.name'],
  callId: ['gen_ai.tool.call.id', 'gen_ai.tool.call_id', 'ai.toolCall.id', 'tool_call.id', 'tool.id'],
  arguments: [
    'gen_ai.tool.call.arguments',
    'gen_ai.tool.args',
    'gen_ai.tool.arguments',
    'ai.toolCall.args',
    'ai.toolCall.input',
    'gcp.vertex.agent.tool_call_args',
    'input.value',
    'traceloop.entity.input',
    'tool.parameters',
  ],
  result: [
    'gen_ai.tool.call.result',
    'gen_ai.tool.result',
    'gen_ai.tool.output',
    'ai.toolCall.result',
    'ai.toolCall.output',
    'gcp.vertex.agent.tool_response',
    'gen_ai.output',
    'output.value',
    'traceloop.entity.output',
  ],
  target: ['gen_ai.transfer.target.name', 'gen_ai.handoff.target', 'gen_ai.transfer.target.id'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

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
  const named = textAttribute(span, keys.agent);
  const at = { run, id, parent, agent: named, startMs, endMs, place };
  switch (kind.kind) {
    case 'model':
      sink.step({ ...at, ...modelOf(span) });
      break;
    case 'tool':
      sink.step({ ...at, ...toolOf(span) });
      break;
    case 'agent':
      sink.step({ ...at, agent: kind.agent, kind: 'agent' });
      break;
    case 'plumbing':
      sink.step({ ...at, kind: 'agent' });
      sink.skip(`${kind.what} span`, 'it holds other spans together, and is no step itself');
      break;
  }
  const to = textAttribute(span, keys.target);
  if (to !== null)
    sink.step({ ...at, id: null, parent: id ?? parent, kind: 'handoff', from: null, to, payload: {} });
}

type BodyOf<K extends Step['kind']> = Omit<
  Extract<Step, { readonly kind: K }>,
  'run' | 'id' | 'parent' | 'agent' | 'startMs' | 'endMs' | 'place'
>;

function modelOf(span: Span): BodyOf<'model'> {
  return {
    kind: 'model',
    model: textAttribute(span, keys.model),
    input: inputOf(span),
    offers: offersIn(span),
    said: saidIn(span),
    usage: usageIn(span.attributes, keys.inputTokens, keys.outputTokens),
    error: span.error,
  };
}

function inputOf(span: Span): readonly Message[] | null {
  const messages = messagesOf(numberedIn(span, numberedInputs) ?? attribute(span, keys.input));
  const system = unpacked(attribute(span, keys.system));
  if (messages === null || system === null || messages.some(({ role }) => role === 'system')) return messages;
  const content = piecesOf(system)
    .flatMap((piece) => (piece.kind === 'text' ? [piece.text] : []))
    .join('\n');
  return [{ role: 'system', content }, ...messages];
}

function offersIn(span: Span): Extract<Step, { readonly kind: 'model' }>['offers'] {
  const told = attribute(span, keys.offers);
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
  const finish = unpacked(attribute(span, keys.finish));
  const finishReason = finishNamed(Array.isArray(finish) ? (finish as readonly Json[])[0] : finish);
  const vercel = vercelSaid(span);
  const said = vercel ?? saidOf(numberedIn(span, numberedOutputs) ?? attribute(span, keys.output));
  return said === null ? null : finished(said, finishReason);
}

/** The Vercel AI SDK spreads an answer over several attributes. */
function vercelSaid(span: Span): Said | null {
  const text = attribute(span, [
    'ai.response.text',
    'ai.response.object',
    'ai.result.text',
    'ai.result.object',
  ]);
  const calls = unpacked(attribute(span, ['ai.response.toolCalls', 'ai.result.toolCalls']));
  const reasoning = attribute(span, ['ai.response.reasoning', 'ai.response.reasoningText']);
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
  return {
    kind: 'tool',
    tool: textAttribute(span, keys.tool) ?? toolNamed(span.name),
    callId: textAttribute(span, keys.callId),
    arguments: argumentsIn(span).arguments,
    result: unpacked(attribute(span, keys.result)),
    error: span.error,
  };
}

function argumentsIn(span: Span): Pick<ToolCall, 'arguments'> {
  const value = unpacked(attribute(span, keys.arguments));
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
