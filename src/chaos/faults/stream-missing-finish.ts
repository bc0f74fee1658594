// stream.missingFinish: all of the answer comes, but nothing says that it is whole.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const streamMissingFinish = defineFault({
  kind: 'stream.missingFinish',
  catalogueLayer: 'LLM stream',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  summary: 'The stream closes, in good order, without the events that say that the answer is whole.',
  parameters: z.strictObject({}),
  examples: [{}],
  bend({ outcome, crossing }) {
    if (outcome?.kind !== 'answered' || crossing.form === 'plain') return null;
    const { delivery } = outcome;
    if (delivery.end.kind !== 'complete') return null;
    return { ...outcome, delivery: { ...delivery, end: { kind: 'cut', share: 1, clean: true } } };
  },
});
