// A small team for tests: one finds, one writes, one sends with a person's leave.
import { z } from 'zod';
import type { Doubles } from '../llm/double.ts';
import type { Mission } from '../team/mission.ts';
import { defineTeam } from '../team/team.ts';

const findings = z.object({ found: z.string() });
const letter = z.object({ text: z.string() });
const receipt = z.object({ sent: z.boolean() });

export const exampleTeam = defineTeam({
  name: 'example',
  agents: [
    {
      name: 'finder',
      responsibility: 'finds the fact',
      instructions: 'You find facts.',
      input: z.object({ topic: z.string() }),
      output: findings,
      tools: ['look'],
      writes: ['fact'],
      confidenceMin: 0.5,
      escalateTo: ['human:owner'],
    },
    {
      name: 'writer',
      responsibility: 'writes the letter',
      instructions: 'You write letters.',
      input: findings,
      output: letter,
      reads: ['fact'],
      writes: ['letter'],
      gates: ['politeness'],
    },
    {
      name: 'sender',
      responsibility: 'sends the letter',
      instructions: 'You send letters.',
      input: letter,
      output: receipt,
      reads: ['letter'],
      writes: ['sent'],
      tools: ['look', 'send'],
      escalateTo: ['human:owner'],
    },
  ],
  tools: {
    look: { description: 'looks a topic up', arguments: z.object({ topic: z.string() }), factMs: 3_600_000 },
    send: {
      description: 'sends the letter',
      arguments: z.object({ text: z.string() }),
      effect: 'once',
      probe: true,
      approval: 'release',
    },
  },
  gates: {
    politeness: ({ payload }) =>
      typeof payload['text'] === 'string' && payload['text'].startsWith('Dear')
        ? null
        : 'Begin with a greeting.',
  },
  approvals: { release: { approvers: ['owner'], expiresMs: 600_000, escalateTo: ['deputy'] } },
  context: {
    fact: { schema: z.string() },
    letter: { schema: z.string() },
    sent: { schema: z.boolean() },
  },
  routes: { kind: 'sequence', agents: ['finder', 'writer', 'sender'] },
  budget: { latencyMsMax: 7_200_000 },
  deliverables: ['sent'],
});

export const exampleMission: Mission = { id: 'm1', goal: 'tell them', input: { topic: 'rain' }, context: {} };

const usage = { inputTokens: 300, outputTokens: 60 };

export const exampleDoubles: Doubles = {
  model: {
    name: 'example',
    answer: (ask) => {
      const results = ask.messages.filter((message) => message.role === 'tool');
      const use = (name: string, args: Record<string, string>) => ({
        content: '',
        toolCalls: [{ id: `${name}1`, name, arguments: args }],
        finishReason: 'toolCalls' as const,
        usage,
      });
      const say = (payload: unknown, context: unknown) => ({
        content: JSON.stringify({ payload, context, confidence: 0.9 }),
        toolCalls: [],
        finishReason: 'stop' as const,
        usage,
      });
      if (ask.agent === 'finder') {
        return results.length === 0
          ? use('look', { topic: 'rain' })
          : say({ found: 'it rains' }, { fact: 'it rains' });
      }
      if (ask.agent === 'writer') {
        const told = ask.messages.some((message) => message.content.includes('Begin with a greeting'));
        const text = told ? 'Dear all, it rains' : 'it rains';
        return say({ text }, { letter: text });
      }
      return results.length === 0
        ? use('send', { text: 'Dear all, it rains' })
        : say({ sent: true }, { sent: true });
    },
  },
  tools: { look: () => ({ weather: 'rain' }), send: () => ({ id: 1 }) },
  human: ({ approvers }) => ({ decision: 'approve', approver: approvers[0] ?? 'nobody', afterMs: 30_000 }),
  pace: { modelMs: [500, 2000], toolMs: [50, 400], handoffMs: [5, 40] },
};
