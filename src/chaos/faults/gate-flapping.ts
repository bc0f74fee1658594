// gate.flapping: the verdict turns over now and then, for no reason.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { share } from './measures.ts';

export const gateFlapping = defineFault({
  kind: 'gate.flapping',
  catalogueLayer: 'Quality gates / guardrails / audit',
  family: 'gates',
  layer: 'gate',
  phase: 'reply',
  summary: 'The verdict turns over now and then, for no reason. A markov trigger makes it turn in spells.',
  parameters: z.strictObject({ p: share.default(0.5).describe('chance that a verdict turns over') }),
  examples: [{ p: 0.2 }, { p: 0.5 }, { p: 1 }],
  bend({ outcome, crossing, draw }, { p }) {
    if (outcome?.kind !== 'checked' || draw('flip') >= p) return null;
    if (!outcome.passed) return { ...outcome, passed: true, feedback: [] };
    const feedback = [{ gate: crossing.subject, feedback: 'on second thoughts, no' }];
    return { ...outcome, passed: false, feedback };
  },
});
