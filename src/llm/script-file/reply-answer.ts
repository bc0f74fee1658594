// The answer of a scripted reply, and what a fault that the script puts on it makes of it.
import { drawAt } from '../../base/random.ts';
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Crossing } from '../../chaos/crossing.ts';
import type { Fault } from '../../chaos/fault.ts';
import { faultFor } from '../../chaos/fault-reading.ts';
import { completeDelivery, type ModelOutcome } from '../../chaos/outcome.ts';
import type { Answer, Ask } from '../../team/ask.ts';
import { completeAnswer, say, type AnswerDraft } from '../answer-draft.ts';
import { SpoiltCall } from '../spoilt-call.ts';
import type { EntryReply } from './script-document.ts';

/** Throws `SpoiltCall` where the reply's fault strikes this attempt. */
export type ReplyAnswer = (ask: Ask, struckBefore: number) => Answer;

export function replyAnswer(reply: EntryReply): ReplyAnswer {
  const draft = draftOf(reply);
  const fault = reply.fault === undefined ? null : faultFor({ fault: reply.fault }, 'fault');
  return (ask, struckBefore) => {
    const answer = completeAnswer(ask, draft);
    if (fault === null || struckBefore >= reply.faultAttempts) return answer;
    const outcome = struck(fault.fault as Fault<'llm'>, fault.parameters, { ask, answer });
    if (outcome === null) return answer;
    throw new SpoiltCall(outcome);
  };
}

function draftOf(reply: EntryReply): AnswerDraft {
  const { content, toolCalls, finishReason, refusal, reasoning, usage, embedding } = reply;
  return {
    ...(embedding === undefined ? {} : { embeddings: [embedding] }),
    ...(content === undefined ? {} : say(content)),
    ...(toolCalls === undefined ? {} : { toolCalls: toolCalls.map(toolCallOf) }),
    ...(finishReason === undefined ? {} : { finishReason }),
    ...(refusal === undefined ? {} : { refusal }),
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(usage === undefined ? {} : { usage }),
  };
}

type WrittenCall = NonNullable<EntryReply['toolCalls']>[number];

/** Arguments that are the compact JSON of an object are that object; any other text travels as it is. */
function toolCallOf({ arguments: written, ...rest }: WrittenCall) {
  if (typeof written !== 'string') return { ...rest, arguments: written };
  const read = objectIn(written);
  return JSON.stringify(read) === written
    ? { ...rest, arguments: read }
    : { ...rest, arguments: read, argumentsText: written };
}

function objectIn(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : {};
  } catch {
    // A script may have a model write anything; nothing could be read of it.
    return {};
  }
}

/** Null where the fault changes nothing. */
function struck(
  fault: Fault<'llm'>,
  parameters: Readonly<Record<string, unknown>>,
  { ask, answer }: { readonly ask: Ask; readonly answer: Answer },
): ModelOutcome | null {
  const { agent, model, attempt, key } = ask;
  const crossing: Crossing = {
    layer: 'llm',
    phase: fault.phase,
    agent,
    subject: model,
    ordinal: 1,
    atMs: 0,
    elapsedMs: 0,
    attempt,
  };
  const delivery = { ...completeDelivery, mishap: { kind: 'none' } } as const;
  const outcome: ModelOutcome = { kind: 'answered', answer, delivery };
  return fault.bend(
    {
      crossing,
      outcome: fault.phase === 'request' ? null : outcome,
      firing: 1,
      draw: (purpose) => drawAt(key, fault.kind, purpose, attempt),
      agents: [],
      seen: [],
    },
    parameters,
  );
}
