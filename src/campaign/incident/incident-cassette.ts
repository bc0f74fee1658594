// The cassette of an incident: what each model of an imported trace was asked, as far as it is known, and answered.
import type { Answer, Ask, Message, ToolOffer } from '../../team/ask.ts';
import type { ImportedAsk } from '../../import/imported.ts';
import { createDigester, promptText, type Cassette, type Recording } from '../../llm/cassette/recording.ts';
import type { TraceEventOf } from '../../trace/event.ts';
import type { Trace } from '../../trace/trace.ts';

interface Called {
  readonly ask: Ask;
  readonly told: ImportedAsk | null;
}

/** `asks`: those of this trace, in its order; empty where the format does not tell them. */
export function incidentCassette(trace: Trace, asks: readonly ImportedAsk[]): Cassette {
  const digestOf = createDigester('secrets');
  const recordings: Recording[] = [];
  const prompts: Record<string, string> = {};
  const called = new Map<string, Called>();
  let at = 0;
  for (const event of trace.events) {
    if (event.kind === 'model.called') {
      const told = asks[at] ?? null;
      called.set(event.call, { ask: askOf(event, told), told });
      at += 1;
    }
    if (event.kind !== 'model.answered' && event.kind !== 'model.failed') continue;
    const found = called.get(event.call);
    if (found === undefined) continue;
    const { agent, turn, attempt } = found.ask;
    const { key, ask } = digestOf(found.ask);
    recordings.push({ agent, turn, attempt, key, ask, outcome: outcomeOf(event, found.told) });
    if (ask.system !== 'none') prompts[ask.system] ??= promptText(found.ask.messages, 'secrets');
  }
  const kept = Object.keys(prompts).length === 0 ? {} : { prompts };
  return { schemaVersion: 1, team: trace.subject, redaction: 'secrets', ...kept, recordings };
}

function askOf(event: TraceEventOf<'model.called'>, told: ImportedAsk | null): Ask {
  const messages: readonly Message[] = told?.input ?? [];
  const tools: readonly ToolOffer[] = told?.offers ?? [];
  const { agent, model, turn, attempt, key } = event;
  return { agent, model, messages, tools, turn, attempt, key };
}

/** What was thought aloud and what was refused is no part of a trace, so the import's own telling adds it. */
function outcomeOf(
  event: TraceEventOf<'model.answered' | 'model.failed'>,
  told: ImportedAsk | null,
): Recording['outcome'] {
  if (event.kind === 'model.failed') {
    const { status, message } = event;
    const failure = { reason: 'serverError', message, retryable: false } as const;
    return { kind: 'failure', failure: status === null ? failure : { ...failure, status } };
  }
  const { content, toolCalls, finishReason, usage } = event;
  const { reasoning = null, refusal = null } = told?.said ?? {};
  const answer: Answer = {
    content,
    toolCalls,
    finishReason,
    ...(refusal === null ? {} : { refusal }),
    ...(reasoning === null ? {} : { reasoning }),
    usage,
  };
  return { kind: 'answer', answer };
}
