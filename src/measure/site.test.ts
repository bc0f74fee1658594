// Crossing names give back their layer, phase, agent and site.
import { expect, it } from 'vitest';
import { crossingName } from '../chaos/crossing.ts';
import { siteOf } from './site.ts';

const crossing = {
  layer: 'llm',
  phase: 'reply',
  agent: 'writer',
  subject: 'x',
  ordinal: 3,
  atMs: 0,
  elapsedMs: 0,
  attempt: 1,
} as const;

it.each([
  [{ ...crossing, subject: 'openai/gpt#4' }, 'writer'],
  [{ ...crossing, layer: 'handoff', subject: 'writer->closer' } as const, 'writer->closer'],
])('the site of %o is %s', (one, site) => {
  expect(siteOf(crossingName(one))).toEqual({ layer: one.layer, phase: 'reply', agent: 'writer', site });
});
