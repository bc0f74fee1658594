// handoff.bounce: the receiver sends the work straight back, time after time.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { count, milliseconds } from './measures.ts';

export const handoffBounce = defineFault({
  kind: 'handoff.bounce',
  catalogueLayer: 'Handoff / context transfer',
  family: 'handoffs',
  layer: 'handoff',
  phase: 'request',
  summary: 'The receiver sends the work straight back (ping-pong).',
  parameters: z.strictObject({
    times: count
      .default(1)
      .describe('handoffs of one sender in a row that come back; scope.edges names a pair'),
    afterMs: milliseconds.default(0),
  }),
  examples: [
    { times: 1, afterMs: 0 },
    { times: 3, afterMs: 100 },
    { times: 50, afterMs: 0 },
  ],
  spell: ({ times }) => ({ kind: 'crossings', count: times, whose: 'agent' }),
  bend: (_bending, { times, afterMs }) =>
    times === 0 ? null : { kind: 'failed', how: 'bounced', message: 'sent back: this is yours', afterMs },
});
