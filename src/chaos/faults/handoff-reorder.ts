// handoff.reorder: an envelope is held back, so that a later one overtakes it.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { later } from './later.ts';
import { milliseconds } from './measures.ts';

export const handoffReorder = defineFault({
  kind: 'handoff.reorder',
  catalogueLayer: 'Handoff / context transfer',
  family: 'handoffs',
  layer: 'handoff',
  phase: 'reply',
  summary: 'A handoff is held back, so that a later one overtakes it.',
  parameters: z.strictObject({
    windowMs: milliseconds.default(60_000).describe('handoffs of this time may overtake'),
    hold: z
      .enum(['whole', 'drawn'])
      .default('whole')
      .describe('whole: for the whole window; drawn: for a drawn part of it, so that many get shuffled'),
  }),
  examples: [
    { windowMs: 1_000, hold: 'drawn' },
    { windowMs: 60_000, hold: 'whole' },
    { windowMs: 300_000, hold: 'drawn' },
  ],
  bend({ outcome, draw }, { windowMs, hold }) {
    if (outcome?.kind !== 'delivered') return null;
    return later(outcome, hold === 'whole' ? windowMs : Math.round(windowMs * draw('hold')));
  },
});
