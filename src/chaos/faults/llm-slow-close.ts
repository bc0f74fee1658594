// llm.slowClose: all is there, and the connection stays open.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { milliseconds } from './measures.ts';

export const llmSlowClose = defineFault({
  kind: 'llm.slowClose',
  catalogueLayer: 'LLM transport',
  family: 'delays',
  layer: 'llm',
  phase: 'reply',
  summary: 'The whole answer is there, and the connection stays open for a while.',
  parameters: z.strictObject({ delayMs: milliseconds }),
  examples: [{ delayMs: 1 }, { delayMs: 5_000 }, { delayMs: 120_000 }],
  bend({ outcome }, { delayMs }) {
    if (outcome?.kind !== 'answered' || delayMs === 0) return null;
    const closeAfterMs = (outcome.delivery.closeAfterMs ?? 0) + delayMs;
    return { ...outcome, delivery: { ...outcome.delivery, closeAfterMs } };
  },
});
