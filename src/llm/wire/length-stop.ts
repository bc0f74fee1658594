// The length stop: an answer that is longer than its request allows is cut off, as a provider cuts it.
import { argumentsText, type Answer } from '../../team/ask.ts';
import { charsPerToken } from '../token-estimate.ts';

/**
 * The answer within so many output tokens: text first, then those tool calls that are whole. What was cut ends with the
 * finish reason `length`; `outputTokensMax` null cuts nothing, and neither does an answer whose own usage keeps within.
 */
export function withinLength(answer: Answer, outputTokensMax: number | null): Answer {
  if (outputTokensMax === null || answer.usage.outputTokens <= outputTokensMax) return answer;
  let left = outputTokensMax * charsPerToken;
  if (lengthOf(answer) <= left) return answer;
  const cut = (text: string): string => {
    const kept = text.slice(0, Math.max(0, left));
    left -= text.length;
    return kept;
  };
  const { refusal } = answer;
  const content = cut(answer.content);
  const said = refusal === undefined ? {} : { refusal: cut(refusal) };
  const toolCalls = answer.toolCalls.filter((call) => {
    left -= call.name.length + argumentsText(call).length;
    return left >= 0;
  });
  const usage = { ...answer.usage, outputTokens: Math.min(answer.usage.outputTokens, outputTokensMax) };
  return { ...answer, content, ...said, toolCalls, finishReason: 'length', usage };
}

function lengthOf({ content, refusal, toolCalls }: Answer): number {
  let length = content.length + (refusal?.length ?? 0);
  for (const call of toolCalls) length += call.name.length + argumentsText(call).length;
  return length;
}
