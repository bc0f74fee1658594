// gate.alwaysReject: nothing is good enough.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { text } from './measures.ts';

export const gateAlwaysReject = defineFault({
  kind: 'gate.alwaysReject',
  catalogueLayer: 'Quality gates / guardrails / audit',
  family: 'gates',
  layer: 'gate',
  phase: 'reply',
  summary: 'The gate rejects what it should pass.',
  parameters: z.strictObject({ feedback: text.default('not good enough') }),
  examples: [{ feedback: 'not good enough' }],
  bend({ outcome, crossing }, { feedback }) {
    if (outcome?.kind !== 'checked' || !outcome.passed) return null;
    return { ...outcome, passed: false, feedback: [{ gate: crossing.subject, feedback }] };
  },
});
