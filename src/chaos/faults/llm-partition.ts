// llm.partition: some agents cannot reach the provider, until the network heals.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { failedModel } from './failed-model.ts';
import { milliseconds, text } from './measures.ts';

export const llmPartition = defineFault({
  kind: 'llm.partition',
  catalogueLayer: 'LLM transport',
  family: 'failures',
  layer: 'llm',
  phase: 'request',
  summary: 'Some agents cannot reach the provider, until the network heals.',
  parameters: z.strictObject({
    agents: z
      .array(text)
      .readonly()
      .default([])
      .describe('agents that are cut off; none named: all in scope'),
    healAfterMs: milliseconds.default(60_000).describe('counted from the first call that failed'),
    failAfterMs: milliseconds.default(100).describe('until a call is told that there is no route'),
  }),
  examples: [
    { agents: [], healAfterMs: 1_000, failAfterMs: 0 },
    { agents: [], healAfterMs: 60_000, failAfterMs: 100 },
    { agents: [], healAfterMs: 600_000, failAfterMs: 5_000 },
  ],
  spell: ({ healAfterMs }) => ({ kind: 'time', ms: healAfterMs, whose: 'everyone' }),
  bend({ crossing }, { agents, healAfterMs, failAfterMs }) {
    if (healAfterMs === 0 || (agents.length > 0 && !agents.includes(crossing.agent))) return null;
    return failedModel(
      { reason: 'unreachable', message: 'connect ENETUNREACH', retryable: true },
      failAfterMs,
    );
  },
});
