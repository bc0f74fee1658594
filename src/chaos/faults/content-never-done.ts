// content.neverDone: the model goes on announcing work where it should have handed it over.
import { z } from 'zod';
import type { Answer } from '../../team/ask.ts';
import { defineFault, type Seen } from '../fault.ts';

export const contentNeverDone = defineFault({
  kind: 'content.neverDone',
  catalogueLayer: 'LLM content / semantics',
  family: 'loops',
  layer: 'llm',
  phase: 'reply',
  summary: 'The model never comes to an end: a final answer becomes one more step.',
  parameters: z.strictObject({
    style: z
      .enum(['text', 'toolCall'])
      .default('text')
      .describe('toolCall: asks for the tools of its last tool call again, if it had one'),
  }),
  examples: [{ style: 'text' }, { style: 'toolCall' }],
  bend({ outcome, seen, crossing, firing }, { style }) {
    if (outcome?.kind !== 'answered' || outcome.answer.toolCalls.length > 0) return null;
    const { usage } = outcome.answer;
    const content = 'I am still working on this and will continue in the next step.';
    const last = style === 'toolCall' ? lastToolTurn(seen, crossing.agent) : null;
    const toolCalls = (last?.toolCalls ?? []).map((call) => ({ ...call, id: `${call.id}~${firing}` }));
    const finishReason = toolCalls.length > 0 ? 'toolCalls' : 'stop';
    return { ...outcome, answer: { content, toolCalls, finishReason, usage } };
  },
});

function lastToolTurn(seen: readonly Seen<'llm'>[], agent: string): Answer | null {
  for (let index = seen.length - 1; index >= 0; index -= 1) {
    const one = seen[index];
    if (one?.agent !== agent || one.outcome?.kind !== 'answered') continue;
    if (one.outcome.answer.toolCalls.length > 0) return one.outcome.answer;
  }
  return null;
}
