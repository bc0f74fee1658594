// Crash points as a parameter: where in a step of the steward's process it dies.
import { z } from 'zod';
import type { CrashPoint } from '../outcome.ts';

const points = [
  'beforeAppend',
  'afterAppend',
  'betweenDispatches',
  'afterEffect',
  'resultReceived',
  'duringRecovery',
] as const satisfies readonly CrashPoint[];

/** Defaults to `afterAppend`: the event is safe and nothing has been dispatched yet. */
export const crashPoint = z.enum(points).default('afterAppend');
