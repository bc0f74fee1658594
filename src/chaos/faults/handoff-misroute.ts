// handoff.misroute: the envelope arrives at the wrong agent, at nobody, or back at its sender.
import { z } from 'zod';
import { defineFault, type Bending } from '../fault.ts';
import { text } from './measures.ts';

export const handoffMisroute = defineFault({
  kind: 'handoff.misroute',
  catalogueLayer: 'Handoff / context transfer',
  family: 'handoffs',
  layer: 'handoff',
  phase: 'reply',
  summary: 'The handoff arrives at the wrong agent, at nobody, or back at its sender.',
  parameters: z.strictObject({
    to: z.enum(['other', 'ghost', 'self']).default('other'),
    ghost: text.default('agent-nobody-knows').describe('for ghost: the name that no agent has'),
  }),
  examples: [
    { to: 'other', ghost: 'agent-nobody-knows' },
    { to: 'ghost', ghost: 'agent-nobody-knows' },
    { to: 'self', ghost: 'agent-nobody-knows' },
  ],
  bend(bending, { to, ghost }) {
    const { outcome, crossing } = bending;
    if (outcome?.kind !== 'delivered') return null;
    const wrong = { other: otherAgent(bending, outcome.to), ghost, self: crossing.agent }[to];
    return wrong === null ? null : { ...outcome, to: wrong };
  },
});

/** Neither the sender nor the right receiver; null where the team has nobody else. */
function otherAgent({ agents, crossing, draw }: Bending<'handoff'>, receiver: string): string | null {
  const others = agents.filter((agent) => agent !== receiver && agent !== crossing.agent);
  return others[Math.floor(draw('receiver') * others.length)] ?? null;
}
