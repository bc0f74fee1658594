// handoff.replay: in place of the new envelope an old one is delivered again, to the one who had it.
import { z } from 'zod';
import { defineFault, type Seen } from '../fault.ts';
import type { HandoffOutcome } from '../outcome.ts';

type Delivered = Extract<HandoffOutcome, { readonly kind: 'delivered' }>;

export const handoffReplay = defineFault({
  kind: 'handoff.replay',
  catalogueLayer: 'Handoff / context transfer',
  family: 'handoffs',
  layer: 'handoff',
  phase: 'reply',
  summary: 'An old handoff is delivered again in place of the new one.',
  parameters: z.strictObject({ which: z.enum(['previous', 'first']).default('previous') }),
  examples: [{ which: 'previous' }, { which: 'first' }],
  bend({ outcome, seen }, { which }) {
    if (outcome?.kind !== 'delivered') return null;
    const earlier = deliveredBefore(seen);
    const old = which === 'first' ? earlier[0] : earlier.at(-1);
    return old === undefined ? null : { ...outcome, to: old.to, handoff: old.handoff };
  },
});

function deliveredBefore(seen: readonly Seen<'handoff'>[]): readonly Delivered[] {
  return seen.flatMap(({ outcome }) => (outcome?.kind === 'delivered' ? [outcome] : []));
}
