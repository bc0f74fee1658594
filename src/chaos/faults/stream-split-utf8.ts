// stream.splitUtf8: writes end in the middle of every character of several bytes.
import { z } from 'zod';
import { argumentsText } from '../../team/ask.ts';
import { defineFault } from '../fault.ts';
import { damaged } from './damaged.ts';
import { milliseconds } from './measures.ts';

export const streamSplitUtf8 = defineFault({
  kind: 'stream.splitUtf8',
  catalogueLayer: 'LLM stream',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  needs: 'bytes',
  summary: 'Writes end in the middle of characters.',
  parameters: z.strictObject({
    gapMs: milliseconds.default(1).describe('until the rest of the character'),
  }),
  examples: [{ gapMs: 0 }, { gapMs: 50 }],
  bend(bending, { gapMs }) {
    if (bending.outcome?.kind !== 'answered') return null;
    const { content, refusal = '', reasoning = '', toolCalls } = bending.outcome.answer;
    const text = [content, refusal, reasoning, ...toolCalls.map(argumentsText)].join('');
    // Characters of one byte cannot be split.
    return /[\u0080-\u{10ffff}]/u.test(text)
      ? damaged(bending, 'bytes', { kind: 'splitCharacters', gapMs })
      : null;
  },
});
