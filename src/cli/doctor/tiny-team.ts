// The doctor's own team: two agents and a tool, with doubles for the world.
import { z } from 'zod';
import { say, useTool } from '../../llm/answer-draft.ts';
import { everydayPace, type Doubles } from '../../llm/double.ts';
import { script } from '../../llm/script.ts';
import type { Mission } from '../../team/mission.ts';
import { defineTeam } from '../../team/team.ts';

const word = z.object({ word: z.string() });

export const tinyTeam = defineTeam({
  name: 'tiny',
  agents: [
    {
      name: 'finder',
      responsibility: 'finds a word',
      instructions: 'Find a word.',
      input: z.object({ topic: z.string() }),
      output: word,
      tools: ['look'],
    },
    {
      name: 'keeper',
      responsibility: 'keeps the word',
      instructions: 'Keep the word.',
      input: word,
      output: word,
      writes: ['word'],
    },
  ],
  tools: { look: { description: 'looks a topic up', arguments: z.object({ topic: z.string() }) } },
  context: { word: { schema: z.string() } },
  routes: { kind: 'sequence', agents: ['finder', 'keeper'] },
  deliverables: ['word'],
});

export const tinyMission: Mission = {
  id: 'tiny',
  goal: 'keep a word',
  input: { topic: 'rain' },
  context: {},
};

export const tinyDoubles: Doubles = {
  model: script({
    agents: {
      finder: [useTool('look', { topic: 'rain' }), say({ payload: { word: 'wet' }, confidence: 0.9 })],
      keeper: [say({ payload: { word: 'wet' }, context: { word: 'wet' }, confidence: 0.9 })],
    },
  }),
  tools: { look: () => ({ word: 'wet' }) },
  human: () => null,
  pace: everydayPace,
};
