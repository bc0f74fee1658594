// What the GenAI conventions have a place for: the fields of an event as attributes of its span, and back.
import { canonicalJson } from '../base/canonical.ts';
import type { Json, JsonObject } from '../base/json.ts';
import type { FinishReason, ToolCall } from '../team/ask.ts';
import type { TraceBody, TraceEventOf } from './event.ts';
import type { Attributes, AttributeValue } from './otlp-value.ts';

/** The conventions that are followed: the last release that held them, before they got a repository of their own. */
export const conventions = 'https://opentelemetry.io/schemas/1.41.0';

/** The kinds of events that begin or end a span, or stand alone as one. */
export type SpannedKind =
  | 'agent.started'
  | 'agent.finished'
  | 'model.called'
  | 'model.answered'
  | 'model.failed'
  | 'tool.called'
  | 'tool.returned'
  | 'tool.failed'
  | 'handoff.sent';

/** `read` gives back what the attributes tell of the fields; a field that it does not give back travels beside them. */
interface FieldCodec<K extends SpannedKind> {
  readonly write: (event: TraceEventOf<K>) => Attributes;
  readonly read: (attributes: Readonly<Record<string, AttributeValue>>) => JsonObject;
}

const agentName = 'gen_ai.agent.name';

const codecs: { readonly [K in SpannedKind]: FieldCodec<K> } = {
  'agent.started': {
    write: ({ agent, version }) => ({
      'gen_ai.operation.name': 'invoke_agent',
      [agentName]: agent,
      'gen_ai.agent.version': String(version),
    }),
    read: (told) => ({ agent: text(told, agentName), version: Number(told['gen_ai.agent.version']) }),
  },
  'agent.finished': { write: () => ({}), read: (told) => ({ agent: text(told, agentName) }) },
  'model.called': {
    write: ({ agent, model }) => ({
      'gen_ai.operation.name': 'chat',
      [agentName]: agent,
      'gen_ai.request.model': model,
    }),
    read: (told) => ({ agent: text(told, agentName), model: text(told, 'gen_ai.request.model') }),
  },
  'model.answered': {
    write: (event) => ({
      'gen_ai.output.type': 'text',
      'gen_ai.output.messages': JSON.stringify([messageOf(event)]),
      'gen_ai.response.finish_reasons': [finishNames[event.finishReason]],
      ...(event.usageUnknown === true ? {} : tokensOf(event)),
    }),
    read: answerIn,
  },
  'model.failed': {
    write: ({ reason }) => ({ 'error.type': reason }),
    read: (told) => ({ agent: text(told, agentName), reason: text(told, 'error.type') }),
  },
  'tool.called': {
    write: ({ agent, tool, call, arguments: args }) => ({
      'gen_ai.operation.name': 'execute_tool',
      [agentName]: agent,
      'gen_ai.tool.name': tool,
      'gen_ai.tool.call.id': call,
      'gen_ai.tool.call.arguments': JSON.stringify(args),
    }),
    read: (told) => ({ ...toolIn(told), arguments: parsed(told['gen_ai.tool.call.arguments']) }),
  },
  'tool.returned': {
    write: ({ result }) => ({ 'gen_ai.tool.call.result': JSON.stringify(result) }),
    read: (told) => ({ ...toolIn(told), result: parsed(told['gen_ai.tool.call.result']) }),
  },
  'tool.failed': { write: () => ({ 'error.type': 'tool_error' }), read: toolIn },
  'handoff.sent': {
    write: ({ from, to }) => ({
      'gen_ai.operation.name': 'handoff',
      [agentName]: from,
      'gen_ai.transfer.target.name': to,
    }),
    read: (told) => ({ from: text(told, agentName), to: text(told, 'gen_ai.transfer.target.name') }),
  },
};

/** What an event adds to the attributes of its span. */
export function attributesOf(event: TraceEventOf<SpannedKind>): Attributes {
  const { write } = codecs[event.kind] as FieldCodec<SpannedKind>;
  return write(event);
}

/** All of an event but what can be read back from its span's attributes. */
export function restOf(event: TraceEventOf<SpannedKind>, attributes: Attributes): JsonObject {
  const told = codecs[event.kind].read(attributes);
  const fields = Object.entries(event as unknown as JsonObject);
  return Object.fromEntries(
    fields.filter(([key, value]) => !(key in told) || canonicalJson(told[key]) !== canonicalJson(value)),
  );
}

/** The event again, from its span's attributes and what travelled beside them. */
export function eventFrom(rest: JsonObject, attributes: Attributes): JsonObject {
  const { kind } = rest;
  const known = typeof kind === 'string' && Object.hasOwn(codecs, kind);
  return known ? { ...codecs[kind as SpannedKind].read(attributes), ...rest } : rest;
}

/** Whether an event of this kind is told by a span. */
export function isSpanned(kind: TraceBody['kind']): kind is SpannedKind {
  return Object.hasOwn(codecs, kind);
}

type Answered = TraceEventOf<'model.answered'>;

const finishNames: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  toolCalls: 'tool_call',
  length: 'length',
  contentFilter: 'content_filter',
};

function messageOf({ content, toolCalls, finishReason }: Answered): JsonObject {
  const words = content === '' ? [] : [{ type: 'text', content }];
  const calls = toolCalls.map(({ id, name, arguments: args }) => ({
    type: 'tool_call',
    id,
    name,
    arguments: args,
  }));
  return { role: 'assistant', parts: [...words, ...calls], finish_reason: finishNames[finishReason] };
}

function tokensOf({ usage }: Answered): Attributes {
  return {
    'gen_ai.usage.input_tokens': usage.inputTokens,
    'gen_ai.usage.output_tokens': usage.outputTokens,
  };
}

function answerIn(told: Attributes): JsonObject {
  const message = parsed(told['gen_ai.output.messages']);
  const [{ parts = [], finish_reason: finish = '' } = {}] = (message ?? []) as unknown as readonly {
    readonly parts?: readonly (ToolCall & { readonly type: string; readonly content: string })[];
    readonly finish_reason?: string;
  }[];
  const reason = Object.entries(finishNames).find(([, name]) => name === finish);
  const input = told['gen_ai.usage.input_tokens'];
  const output = told['gen_ai.usage.output_tokens'];
  return {
    agent: text(told, agentName),
    content: parts.find(({ type }) => type === 'text')?.content ?? '',
    toolCalls: parts
      .filter(({ type }) => type === 'tool_call')
      .map(({ id, name, arguments: args }) => ({ id, name, arguments: args })),
    finishReason: reason?.[0] ?? 'stop',
    usage: { inputTokens: Number(input ?? 0), outputTokens: Number(output ?? 0) },
  };
}

function toolIn(told: Attributes): JsonObject {
  return {
    agent: text(told, agentName),
    tool: text(told, 'gen_ai.tool.name'),
    call: text(told, 'gen_ai.tool.call.id'),
  };
}

function text(told: Attributes, key: string): string {
  const value = told[key];
  return typeof value === 'string' ? value : '';
}

/** What the attributes of a file hold may be no JSON: then the field is as if it were not there. */
function parsed(value: AttributeValue | undefined): Json {
  if (typeof value !== 'string') return null;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return null;
  }
}
