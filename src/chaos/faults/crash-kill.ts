// crash.kill: the steward's process dies once, at a named point of a step, and comes up again.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { crashPoint } from './crash-point.ts';
import { milliseconds } from './measures.ts';

export const crashKill = defineFault({
  kind: 'crash.kill',
  catalogueLayer: 'Process / crash / durability',
  family: 'crashes',
  layer: 'process',
  phase: 'request',
  summary: "The steward's process dies at a named point of a step, and comes up again.",
  parameters: z.strictObject({ point: crashPoint, downMs: milliseconds.default(1_000) }),
  examples: [
    { point: 'beforeAppend', downMs: 0 },
    { point: 'afterAppend', downMs: 1_000 },
    { point: 'betweenDispatches', downMs: 1_000 },
    { point: 'afterEffect', downMs: 1_000 },
    { point: 'resultReceived', downMs: 60_000 },
    { point: 'duringRecovery', downMs: 1_000 },
  ],
  bend: (_bending, { point, downMs }) => ({ kind: 'crashed', point, downMs, times: 1 }),
});
