// tool.latency: the tool takes longer, evenly, in spikes, or more and more.
import { z } from 'zod';
import { defineFault, type Bending } from '../fault.ts';
import { later } from './later.ts';
import { count, milliseconds, share } from './measures.ts';
import { jitterOf, spreadMs } from './spread.ts';

const parameters = z.strictObject({
  ms: milliseconds.describe(
    'mean of the added delay; for spike, ramp and degrading what it comes to at most',
  ),
  dist: z.enum(['fixed', 'uniform', 'exponential', 'spike', 'ramp', 'degrading']).default('fixed'),
  jitterMs: milliseconds.default(0).describe('even scatter to both sides'),
  spikeChance: share.default(0.1).describe('for spike: how often a call is slow'),
  over: count
    .min(1)
    .default(5)
    .describe('for ramp and degrading: slow calls until the full delay is reached'),
});

type ToolLatency = z.output<typeof parameters>;

export const toolLatency = defineFault({
  kind: 'tool.latency',
  catalogueLayer: 'Tool',
  family: 'delays',
  layer: 'tool',
  phase: 'reply',
  summary: 'The tool takes longer: evenly, in spikes, or more and more.',
  parameters,
  examples: [
    { ms: 1, dist: 'fixed', jitterMs: 0, spikeChance: 0.1, over: 5 },
    { ms: 2_000, dist: 'uniform', jitterMs: 0, spikeChance: 0.1, over: 5 },
    { ms: 60_000, dist: 'spike', jitterMs: 0, spikeChance: 0.3, over: 5 },
    { ms: 30_000, dist: 'ramp', jitterMs: 100, spikeChance: 0.1, over: 3 },
    { ms: 120_000, dist: 'degrading', jitterMs: 0, spikeChance: 0.1, over: 4 },
  ],
  bend(bending, chosen) {
    const { outcome, draw } = bending;
    if (outcome === null || outcome.kind === 'silent' || chosen.ms === 0) return null;
    const baseMs = baseDelayMs(bending, chosen);
    return baseMs === 0 ? null : later(outcome, Math.max(0, baseMs + jitterOf(chosen.jitterMs, draw)));
  },
});

/** `ramp` grows evenly from call to call, `degrading` doubles; both end at `ms`. */
function baseDelayMs(
  { firing, draw }: Bending<'tool'>,
  { ms, dist, spikeChance, over }: ToolLatency,
): number {
  switch (dist) {
    case 'fixed':
    case 'uniform':
    case 'exponential':
      return spreadMs(dist, ms, draw);
    case 'spike':
      return draw('spike') < spikeChance ? ms : 0;
    case 'ramp':
      return Math.ceil((ms * Math.min(firing, over)) / over);
    case 'degrading':
      return Math.ceil(ms / 2 ** Math.max(0, over - firing));
  }
}
