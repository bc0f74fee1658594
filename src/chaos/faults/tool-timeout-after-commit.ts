// tool.timeoutAfterCommit: the effect took place, and the caller sees a timeout.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { milliseconds } from './measures.ts';

export const toolTimeoutAfterCommit = defineFault({
  kind: 'tool.timeoutAfterCommit',
  catalogueLayer: 'Tool',
  family: 'failures',
  layer: 'tool',
  phase: 'reply',
  summary: 'The effect took place, and the reply is lost.',
  parameters: z.strictObject({
    afterMs: milliseconds.default(30_000),
    how: z.enum(['timeout', 'hang']).default('timeout').describe('hang: the caller is told nothing at all'),
  }),
  examples: [
    { afterMs: 1, how: 'timeout' },
    { afterMs: 30_000, how: 'timeout' },
    { afterMs: 30_000, how: 'hang' },
  ],
  bend({ outcome }, { afterMs, how }) {
    if (outcome?.kind !== 'returned') return null;
    if (how === 'hang') return { kind: 'silent' };
    return {
      kind: 'failed',
      message: 'the call timed out',
      status: 0,
      retryable: true,
      applied: 'unknown',
      afterMs: Math.max(afterMs, outcome.afterMs),
    };
  },
});
