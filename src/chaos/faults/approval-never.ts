// approval.never: nobody ever decides, and nobody says so.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const approvalNever = defineFault({
  kind: 'approval.never',
  catalogueLayer: 'Human / approval',
  family: 'approvals',
  layer: 'approval',
  phase: 'request',
  summary: 'Nobody ever decides.',
  parameters: z.strictObject({}),
  examples: [{}],
  bend: () => ({ kind: 'silent' }),
});
