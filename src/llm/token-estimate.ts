// Token estimates: usage of an answer that no provider has counted, from the lengths of the texts.
import { argumentsText, type Ask, type ToolCall, type ToolOffer } from '../team/ask.ts';
import type { Usage } from '../team/usage.ts';

/** What English text and JSON come to on average. */
export const charsPerToken = 4;
/** Role and separators of one message. */
const tokensPerMessage = 4;

interface AnsweredText {
  readonly content: string;
  readonly toolCalls: readonly Omit<ToolCall, 'id'>[];
  readonly refusal?: string;
}

/** Deterministic, and never 0 for an answer that was given. */
export function estimateUsage(ask: Ask, answer: AnsweredText): Usage {
  let input = 0;
  for (const message of ask.messages) input += message.content.length + tokensPerMessage * charsPerToken;
  for (const offer of ask.tools) input += offerLength(offer);
  let output = answer.content.length + (answer.refusal?.length ?? 0);
  for (const call of answer.toolCalls) output += call.name.length + argumentsText(call).length;
  return {
    inputTokens: Math.ceil(input / charsPerToken),
    outputTokens: Math.max(1, Math.ceil(output / charsPerToken)),
  };
}

/** Lengths of schemas are looked up by property names, which costs nothing next to writing the schema out. */
function offerLength(offer: ToolOffer): number {
  const properties = offer.parameters['properties'];
  const names = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  return offer.name.length + offer.description.length + 40 * names.length;
}
