// llm.replayedResponse: a stale cache gives an answer that was given before.
import { z } from 'zod';
import type { Answer } from '../../team/ask.ts';
import { defineFault, type Bending } from '../fault.ts';

export const llmReplayedResponse = defineFault({
  kind: 'llm.replayedResponse',
  catalogueLayer: 'LLM transport',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  summary: 'A stale cache gives an answer that was given before.',
  parameters: z.strictObject({
    which: z.enum(['previous', 'first']).default('previous'),
    of: z.enum(['agent', 'anyone']).default('agent').describe("anyone: also another agent's answer"),
  }),
  examples: [
    { which: 'previous', of: 'agent' },
    { which: 'first', of: 'agent' },
    { which: 'previous', of: 'anyone' },
  ],
  bend(bending, { which, of }) {
    const { outcome } = bending;
    if (outcome?.kind !== 'answered' || outcome.answer.embeddings !== undefined) return null;
    const answers = earlierAnswers(bending, of);
    const answer = which === 'first' ? answers[0] : answers.at(-1);
    return answer === undefined ? null : { ...outcome, answer };
  },
});

/** Call ids and usage are those of that time, as a cache keeps them. */
function earlierAnswers({ seen, crossing }: Bending<'llm'>, of: 'agent' | 'anyone'): readonly Answer[] {
  return seen.flatMap(({ agent, outcome }) => {
    if (outcome?.kind !== 'answered' || outcome.answer.embeddings !== undefined) return [];
    return of === 'anyone' || agent === crossing.agent ? [outcome.answer] : [];
  });
}
