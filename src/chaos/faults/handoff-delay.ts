// handoff.delay: the envelope arrives late.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { later } from './later.ts';
import { milliseconds } from './measures.ts';
import { jitterOf } from './spread.ts';

export const handoffDelay = defineFault({
  kind: 'handoff.delay',
  catalogueLayer: 'Handoff / context transfer',
  family: 'handoffs',
  layer: 'handoff',
  phase: 'reply',
  summary: 'The handoff arrives late.',
  parameters: z.strictObject({ ms: milliseconds, jitterMs: milliseconds.default(0) }),
  examples: [
    { ms: 1, jitterMs: 0 },
    { ms: 5_000, jitterMs: 2_000 },
    { ms: 120_000, jitterMs: 0 },
  ],
  bend({ outcome, draw }, { ms, jitterMs }) {
    if (outcome === null || outcome.kind === 'lost') return null;
    return later(outcome, Math.max(0, ms + jitterOf(jitterMs, draw)));
  },
});
