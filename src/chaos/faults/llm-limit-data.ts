// llm.limitData: the connection is closed, in good order, once so many bytes have passed.
import { z } from 'zod';
import { shareOf } from '../delivery.ts';
import { defineFault } from '../fault.ts';
import { count } from './measures.ts';

export const llmLimitData = defineFault({
  kind: 'llm.limitData',
  catalogueLayer: 'LLM transport',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  summary: 'The connection closes, in good order, once so many bytes have passed.',
  parameters: z.strictObject({ bytes: count.describe('characters of the answer that still arrive') }),
  examples: [{ bytes: 0 }, { bytes: 1 }, { bytes: 64 }],
  bend({ outcome }, { bytes }) {
    if (outcome?.kind !== 'answered') return null;
    const share = shareOf(outcome.answer, bytes);
    if (share === 1) return null;
    return { ...outcome, delivery: { ...outcome.delivery, end: { kind: 'cut', share, clean: true } } };
  },
});
