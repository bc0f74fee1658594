// crash.loop: the process dies again each time it comes up, so many times.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { crashPoint } from './crash-point.ts';
import { count, milliseconds } from './measures.ts';

export const crashLoop = defineFault({
  kind: 'crash.loop',
  catalogueLayer: 'Process / crash / durability',
  family: 'crashes',
  layer: 'process',
  phase: 'request',
  summary: "The steward's process dies again each time it comes up.",
  parameters: z.strictObject({
    times: count.max(1_000).default(3),
    point: crashPoint,
    downMs: milliseconds.default(1_000).describe('each time'),
  }),
  examples: [
    { times: 2, point: 'afterAppend', downMs: 0 },
    { times: 5, point: 'afterEffect', downMs: 5_000 },
  ],
  bend: (_bending, { times, point, downMs }) =>
    times === 0 ? null : { kind: 'crashed', point, downMs, times },
});
