// The cassette of an incident: what each model of an imported trace was asked, as far as it is known, and answered.
import type { Answer, Ask, Message, ToolCall, ToolOffer } from '../../team/ask.ts';
import type { ImportedAsk } from '../../import/imported.ts';
import { createDigester, type Cassette, type Recording } from '../../llm/recording.ts';
import type { TraceEvent, TraceEventOf } from '../../trace/event.ts';
import type { Trace } from '../../trace/trace.ts';

/** `asks`: those of this trace, in its order; empty where the format does not tell them. */
export function incidentCassette(trace: Trace, asks: readonly ImportedAsk[]): Cassette {
  const digestOf = createDigester('secrets');
  const recordings: Recording[] = [];
  const called = new Map<string, { readonly event: TraceEventOf<'model.called'>; readonly ask: Ask }>();
  let at = 0;
  for (const event of trace.events) {
    if (event.kind === 'model.called') {
      called.set(event.call, { event, ask: askOf(event, asks[at] ?? null) });
      at += 1;
    }
    const outcome = outcomeOf(event);
    if (outcome === null) continue;
    const found = called.get(outcome.call);
    if (found === undefined) continue;
    const { ask } = found;
    const { key, ask: digest } = digestOf(ask);
    recordings.push({
      agent: ask.agent,
      turn: ask.turn,
      attempt: ask.attempt,
      key,
      ask: digest,
      outcome: outcome.told,
    });
  }
  return { schemaVersion: 1, team: trace.subject, redaction: 'secrets', recordings };
}

function askOf(event: TraceEventOf<'model.called'>, told: ImportedAsk | null): Ask {
  const messages: readonly Message[] = (told?.input ?? []).map(plainMessage);
  const tools: readonly ToolOffer[] = told?.offers ?? [];
  const { agent, model, turn, attempt, key } = event;
  return { agent, model, messages, tools, turn, attempt, key };
}

function outcomeOf(event: TraceEvent): { readonly call: string; readonly told: Recording['outcome'] } | null {
  if (event.kind === 'model.answered') {
    const { call, content, toolCalls, finishReason, usage } = event;
    const answer: Answer = { content, toolCalls: toolCalls.map(plainCall), finishReason, usage };
    return { call, told: { kind: 'answer', answer } };
  }
  if (event.kind !== 'model.failed') return null;
  const { call, status, message } = event;
  const failure = { reason: 'serverError', message, retryable: false } as const;
  return { call, told: { kind: 'failure', failure: status === null ? failure : { ...failure, status } } };
}

function plainMessage(message: Message): Message {
  if (message.role !== 'assistant') return message;
  return { ...message, toolCalls: message.toolCalls.map(plainCall) };
}

/** Cassettes keep arguments as objects: arguments that are none are kept as their text. */
function plainCall({ id, name, arguments: args, argumentsText }: ToolCall): ToolCall {
  return { id, name, arguments: argumentsText === undefined ? args : { ...args, text: argumentsText } };
}
