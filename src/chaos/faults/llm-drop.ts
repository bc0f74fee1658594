// llm.drop: packets to the provider vanish; the caller learns of it when its connection attempt is given up.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { failedModel } from './failed-model.ts';
import { milliseconds } from './measures.ts';

export const llmDrop = defineFault({
  kind: 'llm.drop',
  catalogueLayer: 'LLM transport',
  family: 'failures',
  layer: 'llm',
  phase: 'request',
  summary: 'The request vanishes on the way, and the connection is given up after a while.',
  parameters: z.strictObject({ afterMs: milliseconds.default(21_000) }),
  examples: [{ afterMs: 1 }, { afterMs: 21_000 }, { afterMs: 127_000 }],
  bend: (_bending, { afterMs }) =>
    failedModel({ reason: 'unreachable', message: 'connect ETIMEDOUT', retryable: true }, afterMs),
});
