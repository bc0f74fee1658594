// gate.outage: the check cannot be made; whoever takes that for a pass fails open.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { milliseconds } from './measures.ts';

export const gateOutage = defineFault({
  kind: 'gate.outage',
  catalogueLayer: 'Quality gates / guardrails / audit',
  family: 'gates',
  layer: 'gate',
  phase: 'request',
  summary: 'The gate is down: the check cannot be made.',
  parameters: z.strictObject({
    how: z.enum(['error', 'hang']).default('error'),
    afterMs: milliseconds.default(0).describe('for error'),
  }),
  examples: [
    { how: 'error', afterMs: 0 },
    { how: 'error', afterMs: 30_000 },
    { how: 'hang', afterMs: 0 },
  ],
  bend: (_bending, { how, afterMs }) =>
    how === 'hang' ? { kind: 'silent' } : { kind: 'failed', message: 'the gate is down', afterMs },
});
