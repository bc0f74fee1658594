// operator.intervene: a person steps in while the team works: pauses it for a while, changes its context, or calls it off.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { milliseconds, text } from './measures.ts';

export const operatorIntervene = defineFault({
  kind: 'operator.intervene',
  catalogueLayer: 'Human / approval',
  family: 'operators',
  layer: 'process',
  phase: 'request',
  summary:
    'A person pauses the team for a while, redirects it by an edit of its context, or cancels the mission.',
  parameters: z.strictObject({
    action: z.enum(['pause', 'redirect', 'cancel']).default('pause'),
    by: text.default('operator'),
    ms: milliseconds.default(60_000).describe('for pause: how long until the team may go on'),
    patch: z.record(text, z.json()).default({}).describe('for redirect: the context keys that are edited'),
  }),
  examples: [
    { action: 'pause', by: 'operator', ms: 0, patch: {} },
    { action: 'pause', by: 'operator', ms: 90_000, patch: {} },
    { action: 'redirect', by: 'operator', ms: 0, patch: { notice: 'do it by the book' } },
    { action: 'redirect', by: 'operator', ms: 0, patch: {} },
    { action: 'cancel', by: 'operator', ms: 0, patch: {} },
  ],
  bend({ crossing: { atMs } }, { action, by, ms, patch }) {
    switch (action) {
      case 'pause':
        return {
          kind: 'mail',
          events: [
            { afterMs: 0, event: { kind: 'paused', atMs, by } },
            { afterMs: ms, event: { kind: 'resumed', atMs: atMs + ms, by } },
          ],
        };
      case 'redirect':
        return { kind: 'mail', events: [{ afterMs: 0, event: { kind: 'context.edited', atMs, by, patch } }] };
      case 'cancel':
        return {
          kind: 'mail',
          events: [{ afterMs: 0, event: { kind: 'cancelled', atMs, by, reason: 'no longer wanted' } }],
        };
    }
  },
});
