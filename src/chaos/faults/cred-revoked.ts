// cred.revoked: an agent's credentials are withdrawn while it may be using them.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { text } from './measures.ts';

export const credRevoked = defineFault({
  kind: 'cred.revoked',
  catalogueLayer: 'Identity / credentials',
  family: 'credentials',
  layer: 'process',
  phase: 'request',
  summary: "An agent's credentials are withdrawn in the middle of the mission.",
  parameters: z.strictObject({
    agents: z.array(text).default([]).describe('one of these is struck; of all agents when empty'),
    reason: text.default('the key may have leaked'),
  }),
  examples: [{ agents: [], reason: 'the key may have leaked' }],
  bend({ crossing: { atMs }, agents: everyone, draw }, { agents, reason }) {
    const candidates = agents.length > 0 ? agents : everyone;
    const agent = candidates[Math.floor(draw('agent') * candidates.length)];
    if (agent === undefined) return null;
    return {
      kind: 'mail',
      events: [{ afterMs: 0, event: { kind: 'credential.withdrawn', atMs, agent, reason } }],
    };
  },
});
