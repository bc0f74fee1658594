// content.corrupt: characters of the answer are lost or read in the wrong encoding.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const contentCorrupt = defineFault({
  kind: 'content.corrupt',
  catalogueLayer: 'LLM content / semantics',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  summary: 'Characters of the answer are lost, or read in the wrong encoding.',
  parameters: z.strictObject({
    ratio: z.number().gt(0).max(1).default(0.05).describe('share of the characters, evenly spread'),
    how: z
      .enum(['replaced', 'dropped', 'mojibake'])
      .default('replaced')
      .describe('replaced: by U+FFFD; mojibake: UTF-8 read as Latin-1, which leaves plain ASCII alone'),
  }),
  examples: [
    { ratio: 0.05, how: 'replaced' },
    { ratio: 0.5, how: 'dropped' },
    { ratio: 1, how: 'mojibake' },
  ],
  bend({ outcome, draw }, { ratio, how }) {
    if (outcome?.kind !== 'answered') return null;
    const characters = Array.from(outcome.answer.content);
    const start = draw('start');
    const isStruck = (index: number): boolean =>
      Math.floor((index + start) * ratio) !== Math.floor((index + start + 1) * ratio);
    const content = characters
      .map((character, index) => (isStruck(index) ? forms[how](character) : character))
      .join('');
    return { ...outcome, answer: { ...outcome.answer, content } };
  },
});

const forms = {
  replaced: () => '\uFFFD',
  dropped: () => '',
  mojibake: (character: string) =>
    Array.from(new TextEncoder().encode(character), (byte) => String.fromCharCode(byte)).join(''),
} as const;
