// handoff.duplicate: the same envelope arrives more than once.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { count, milliseconds } from './measures.ts';

export const handoffDuplicate = defineFault({
  kind: 'handoff.duplicate',
  catalogueLayer: 'Handoff / context transfer',
  family: 'handoffs',
  layer: 'handoff',
  phase: 'reply',
  summary: 'The same handoff arrives more than once.',
  parameters: z.strictObject({
    copies: count.max(100).default(1).describe('beyond the first'),
    gapMs: milliseconds.default(50).describe('from one copy to the next'),
  }),
  examples: [
    { copies: 1, gapMs: 0 },
    { copies: 1, gapMs: 20_000 },
    { copies: 4, gapMs: 50 },
  ],
  bend({ outcome }, { copies, gapMs }) {
    if (outcome?.kind !== 'delivered') return null;
    const more = Array.from({ length: copies }, (_, index) => (index + 1) * gapMs);
    return { ...outcome, copiesAfterMs: [...outcome.copiesAfterMs, ...more] };
  },
});
