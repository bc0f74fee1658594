// Answer drafts: the short forms in which a script is written, and their completion to an answer.
import { canonicalJson } from '../base/canonical.ts';
import { fingerprintText } from '../base/fingerprint.ts';
import type { Json, JsonObject } from '../base/json.ts';
import type { Answer, Ask, ToolCall } from '../team/ask.ts';
import { estimateUsage } from './token-estimate.ts';

/** An answer without what follows from it: ids of tool calls, finish reason and usage may be left out. */
export type AnswerDraft = Partial<Omit<Answer, 'toolCalls'>> & {
  readonly toolCalls?: readonly (Omit<ToolCall, 'id'> & { readonly id?: string })[];
};

/** The model says this: a text as it is, any other value as JSON. */
export function say(content: Json): AnswerDraft {
  return { content: typeof content === 'string' ? content : canonicalJson(content) };
}

/** The model asks for a tool. */
export function useTool(name: string, args: JsonObject = {}): AnswerDraft {
  return { toolCalls: [{ name, arguments: args }] };
}

/** The model asks for several tools in one turn. */
export function useTools(...calls: readonly (readonly [name: string, args: JsonObject])[]): AnswerDraft {
  return { toolCalls: calls.map(([name, args]) => ({ name, arguments: args })) };
}

/** The model declines. */
export function refuse(refusal: string): AnswerDraft {
  return { refusal };
}

/** Ids are named by the ask's key, so that a retry gets the same; usage is estimated from the lengths of the texts. */
export function completeAnswer(ask: Ask, draft: AnswerDraft): Answer {
  const content = draft.content ?? '';
  const toolCalls = (draft.toolCalls ?? []).map((call, index) => ({
    ...call,
    id: call.id ?? `call_${fingerprintText(`${ask.key}/${index}`)}`,
  }));
  const finishReason = draft.finishReason ?? (toolCalls.length > 0 ? 'toolCalls' : 'stop');
  const { refusal, reasoning, embeddings } = draft;
  // Nearly all answers; they are made once a call, and spreading costs ten times as much.
  if (refusal === undefined && reasoning === undefined && embeddings === undefined)
    return {
      content,
      toolCalls,
      finishReason,
      usage: draft.usage ?? estimateUsage(ask, { content, toolCalls }),
    };
  const refused = refusal === undefined ? {} : { refusal };
  return {
    content,
    toolCalls,
    finishReason,
    ...refused,
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(embeddings === undefined ? {} : { embeddings }),
    usage: draft.usage ?? estimateUsage(ask, { content, toolCalls, ...refused }),
  };
}
