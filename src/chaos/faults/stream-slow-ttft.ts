// stream.slowTtft: the headers are there, and the first token takes its time.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { milliseconds } from './measures.ts';

export const streamSlowTtft = defineFault({
  kind: 'stream.slowTtft',
  catalogueLayer: 'LLM stream',
  family: 'delays',
  layer: 'llm',
  phase: 'reply',
  summary: 'The first token comes late.',
  parameters: z.strictObject({ ms: milliseconds }),
  examples: [{ ms: 1 }, { ms: 10_000 }, { ms: 120_000 }],
  bend({ outcome }, { ms }) {
    if (outcome?.kind !== 'answered') return null;
    const firstTokenMs = outcome.delivery.firstTokenMs + ms;
    return { ...outcome, delivery: { ...outcome.delivery, firstTokenMs } };
  },
});
