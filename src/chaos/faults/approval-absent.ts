// approval.absent: the approver is away and decides later.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { later } from './later.ts';
import { milliseconds } from './measures.ts';

export const approvalAbsent = defineFault({
  kind: 'approval.absent',
  catalogueLayer: 'Human / approval',
  family: 'approvals',
  layer: 'approval',
  phase: 'reply',
  summary: 'The approver is away and decides only when back.',
  parameters: z.strictObject({ ms: milliseconds.describe('how much later the decision comes') }),
  examples: [{ ms: 1 }, { ms: 3_600_000 }, { ms: 604_800_000 }],
  bend: ({ outcome }, { ms }) => (outcome?.kind === 'decided' ? later(outcome, ms) : null),
});
