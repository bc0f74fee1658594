// Delivery in figures: how long an answer is on the wire, in how many chunks it comes, and what of it arrives.
import { argumentsText, type Answer, type ToolCall } from '../team/ask.ts';
import type { Delivery } from './outcome.ts';

/** Characters in one chunk of a stream unless a fault says otherwise: about four tokens. */
export const usualChunkChars = 16;

/** Characters that travel: the content, then the arguments of each tool call as JSON, in this order. */
export function streamedLength(answer: Answer): number {
  let length = answer.content.length;
  for (const call of answer.toolCalls) length += argumentsLength(call);
  return length;
}

export function argumentsLength(call: ToolCall): number {
  return argumentsText(call).length;
}

/** Chunks in which an answer streams, at least one. */
export function chunkCount(answer: Answer, delivery: Delivery): number {
  return Math.max(1, Math.ceil(streamedLength(answer) / (delivery.chunkChars ?? usualChunkChars)));
}

/** Milliseconds from the call to the end of the answer; null when the end never comes. */
export function deliveryMs(answer: Answer, delivery: Delivery): number | null {
  const { end } = delivery;
  if (end.kind === 'hang') return null;
  const headMs = delivery.latencyMs + delivery.firstTokenMs + (delivery.closeAfterMs ?? 0);
  // Most answers come in one go: counting their chunks would write their tool calls out.
  if (delivery.chunkGapMs === 0) return headMs;
  const gaps = chunkCount(answer, delivery) - 1;
  const streamed = end.kind === 'complete' ? gaps : Math.floor(gaps * end.share);
  return headMs + streamed * delivery.chunkGapMs;
}

/** The share of an answer that its first `chars` characters make; 1 when that is all of it. */
export function shareOf(answer: Answer, chars: number): number {
  const length = streamedLength(answer);
  return chars >= length ? 1 : Math.max(0, chars) / length;
}

/** What a reader holds after a share of the answer: the beginning of the content, and the tool calls that are whole. */
export function arrivedPart(answer: Answer, share: number): Answer {
  let left = Math.round(share * streamedLength(answer));
  const content = answer.content.slice(0, left);
  left -= answer.content.length;
  const toolCalls = answer.toolCalls.filter((call) => {
    left -= argumentsLength(call);
    return left >= 0;
  });
  return { ...answer, content, toolCalls };
}
