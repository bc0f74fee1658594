// gate.rubberStamp: everything is good enough.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const gateRubberStamp = defineFault({
  kind: 'gate.rubberStamp',
  catalogueLayer: 'Quality gates / guardrails / audit',
  family: 'gates',
  layer: 'gate',
  phase: 'reply',
  summary: 'The gate passes what it should reject.',
  parameters: z.strictObject({}),
  examples: [{}],
  bend: ({ outcome }) =>
    outcome?.kind === 'checked' && !outcome.passed ? { ...outcome, passed: true, feedback: [] } : null,
});
