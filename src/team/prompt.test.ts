// The prompt: the same bytes for the same brief, and everything in it that the agent must know.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { composeMessages } from './prompt.ts';
import { defineTeam } from './team.ts';

const team = defineTeam({
  name: 'crew',
  agents: [
    {
      name: 'writer',
      responsibility: 'writes',
      instructions: 'Write well.',
      input: z.object({}),
      output: z.object({}),
    },
  ],
  routes: { kind: 'sequence', agents: ['writer'] },
});
const call = { id: 'c1', name: 'look', arguments: { b: 1, a: 2 } };
const parts = {
  input: { topic: 'rain', a: 1 },
  slice: { law: 'be kind', budget: 3 },
  feedback: ['politeness: Begin with a greeting.', 'context: fact changed while you worked'],
  exchanges: [{ call, result: { z: 1, y: 2 }, failed: false }],
};

describe('a prompt', () => {
  it('holds instructions, task, context, tool results and feedback, in this order', () => {
    expect(composeMessages(team, 'writer', parts)).toEqual([
      { role: 'system', content: 'Write well.' },
      {
        role: 'user',
        content: 'Task: {"a":1,"topic":"rain"}\nMission context: {"budget":3,"law":"be kind"}',
      },
      { role: 'assistant', content: '', toolCalls: [call] },
      { role: 'tool', callId: 'c1', name: 'look', content: '{"y":2,"z":1}' },
      {
        role: 'user',
        content:
          'Earlier tries were sent back:\n- politeness: Begin with a greeting.\n- context: fact changed while you worked',
      },
    ]);
  });

  it('is the same to the byte for the same brief, also when the brief has been through a journal', () => {
    const journaled = JSON.parse(JSON.stringify(parts)) as typeof parts;
    const bytes = JSON.stringify(composeMessages(team, 'writer', parts));
    expect(JSON.stringify(composeMessages(team, 'writer', journaled))).toBe(bytes);
  });

  it('says nothing of earlier tries where there were none', () => {
    expect(composeMessages(team, 'writer', { ...parts, feedback: [], exchanges: [] })).toHaveLength(2);
  });
});
