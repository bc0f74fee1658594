// llm.latency: the provider takes longer to begin its answer.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { laterModel } from './later.ts';
import { count, milliseconds } from './measures.ts';
import { jitterOf, spreadMs } from './spread.ts';

export const llmLatency = defineFault({
  kind: 'llm.latency',
  catalogueLayer: 'LLM transport',
  family: 'delays',
  layer: 'llm',
  phase: 'reply',
  summary: 'The provider takes longer to begin its answer.',
  parameters: z.strictObject({
    ms: milliseconds.describe('mean of the added delay'),
    dist: z.enum(['fixed', 'uniform', 'normal', 'exponential', 'burst']).default('fixed'),
    jitterMs: milliseconds.default(0).describe('even scatter to both sides'),
    burstLength: count.min(1).default(3).describe('for burst: slow calls in a row'),
    burstGap: count.default(5).describe('for burst: calls at full speed in between'),
  }),
  examples: [
    { ms: 1, dist: 'fixed', jitterMs: 0, burstLength: 3, burstGap: 5 },
    { ms: 5_000, dist: 'exponential', jitterMs: 0, burstLength: 3, burstGap: 5 },
    { ms: 30_000, dist: 'burst', jitterMs: 500, burstLength: 2, burstGap: 2 },
    { ms: 120_000, dist: 'fixed', jitterMs: 0, burstLength: 3, burstGap: 5 },
  ],
  bend({ outcome, crossing, draw }, { ms, dist, jitterMs, burstLength, burstGap }) {
    if (outcome === null) return null;
    if (dist === 'burst' && (crossing.ordinal - 1) % (burstLength + burstGap) >= burstLength) return null;
    const meanMs = spreadMs(dist === 'burst' ? 'fixed' : dist, ms, draw);
    return laterModel(outcome, Math.max(0, meanMs + jitterOf(jitterMs, draw)));
  },
});
