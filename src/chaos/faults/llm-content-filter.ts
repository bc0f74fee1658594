// llm.contentFilter: the provider stops the answer, with the finish reason that says so.
import { z } from 'zod';
import { arrivedPart } from '../delivery.ts';
import { defineFault } from '../fault.ts';
import { share } from './measures.ts';

export const llmContentFilter = defineFault({
  kind: 'llm.contentFilter',
  catalogueLayer: 'LLM transport',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  summary: "The provider's filter stops the answer.",
  parameters: z.strictObject({ keep: share.default(0).describe('share of the answer that came through') }),
  examples: [{ keep: 0 }, { keep: 0.5 }, { keep: 1 }],
  bend({ outcome }, { keep }) {
    if (outcome?.kind !== 'answered') return null;
    const answer = { ...arrivedPart(outcome.answer, keep), finishReason: 'contentFilter' } as const;
    return { ...outcome, answer };
  },
});
