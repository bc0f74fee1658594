// handoff.drop: the envelope is lost, and nobody is told.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const handoffDrop = defineFault({
  kind: 'handoff.drop',
  catalogueLayer: 'Handoff / context transfer',
  family: 'handoffs',
  layer: 'handoff',
  phase: 'request',
  summary: 'The handoff is lost, and nobody is told.',
  parameters: z.strictObject({}),
  examples: [{}],
  bend: () => ({ kind: 'lost' }),
});
