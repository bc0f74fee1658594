// content.loop: the model says again what it said last, word for word or in other words.
import { z } from 'zod';
import type { Answer } from '../../team/ask.ts';
import { defineFault, type Bending } from '../fault.ts';
import { count } from './measures.ts';
import { paraphrase } from './paraphrase.ts';

export const contentLoop = defineFault({
  kind: 'content.loop',
  catalogueLayer: 'LLM content / semantics',
  family: 'loops',
  layer: 'llm',
  phase: 'reply',
  summary: 'The model repeats its previous plan or tool call.',
  parameters: z.strictObject({
    repeats: count.default(3).describe('answers in a row of the same agent that repeat'),
    what: z.enum(['any', 'toolCall', 'plan']).default('any').describe('plan: an answer without tool calls'),
    wording: z.enum(['same', 'paraphrased']).default('same'),
  }),
  examples: [
    { repeats: 1, what: 'any', wording: 'same' },
    { repeats: 3, what: 'toolCall', wording: 'same' },
    { repeats: 5, what: 'any', wording: 'paraphrased' },
    { repeats: 100, what: 'any', wording: 'same' },
  ],
  spell: ({ repeats }) => ({ kind: 'crossings', count: repeats, whose: 'agent' }),
  bend(bending, { repeats, what, wording }) {
    const { outcome, firing, draw } = bending;
    if (outcome?.kind !== 'answered' || repeats === 0) return null;
    const previous = previousAnswer(bending, what);
    if (previous === null) return null;
    const { finishReason, usage } = outcome.answer;
    const content = wording === 'same' ? previous.content : paraphrase(previous.content, draw('wording'));
    const toolCalls = previous.toolCalls.map((call) => ({ ...call, id: `${call.id}~${firing}` }));
    const reason = toolCalls.length > 0 ? 'toolCalls' : finishReason === 'toolCalls' ? 'stop' : finishReason;
    return { ...outcome, answer: { content, toolCalls, finishReason: reason, usage } };
  },
});

function previousAnswer(
  { seen, crossing }: Bending<'llm'>,
  what: 'any' | 'toolCall' | 'plan',
): Answer | null {
  for (let index = seen.length - 1; index >= 0; index -= 1) {
    const one = seen[index];
    if (one?.agent !== crossing.agent || one.outcome?.kind !== 'answered') continue;
    const { answer } = one.outcome;
    if (what === 'any' || (what === 'toolCall') === answer.toolCalls.length > 0) return answer;
  }
  return null;
}
