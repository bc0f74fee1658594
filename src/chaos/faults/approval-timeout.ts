// approval.timeout: the approval service gives up waiting for a person.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { milliseconds } from './measures.ts';

export const approvalTimeout = defineFault({
  kind: 'approval.timeout',
  catalogueLayer: 'Human / approval',
  family: 'approvals',
  layer: 'approval',
  phase: 'request',
  summary: 'The approval service gives up waiting for a person, and says so.',
  parameters: z.strictObject({ afterMs: milliseconds.default(600_000) }),
  examples: [{ afterMs: 1 }, { afterMs: 600_000 }],
  bend: (_bending, { afterMs }) => ({ kind: 'failed', message: 'nobody decided in time', afterMs }),
});
