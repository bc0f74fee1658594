// Round files: what is written is read again, and one that is broken is told with its place.
import { describe, expect, it } from 'vitest';
import type { Round } from '../../loop/walked-round.ts';
import { parseRound, readRound, roundText } from './round-file.ts';

const round: Round = {
  steps: [
    { agent: 'a', kind: 'said', tool: null, edge: null, text: '</script> `${1}`\n\u2028', alike: 1 },
    { agent: 'a', kind: 'handed', tool: null, edge: 'a->b', text: '{}', alike: 0.3 },
  ],
};

describe('a round file', () => {
  it('is read as it was written', () => {
    expect(parseRound(roundText(round), 'here')).toEqual(round);
  });

  it.for([
    ['no JSON', '{"steps":\n[', /ROUND_CORRUPT\] at r\.json:2:2: it is not JSON/],
    ['no steps', '{"schemaVersion":1,"steps":[]}', /ROUND_CORRUPT\] at r\.json#\/steps/],
    ['a share above 1', roundText(round).replace('0.3', '3'), /ROUND_CORRUPT\] at r\.json#\/steps\/1\/alike/],
    [
      'another schema',
      roundText(round).replace(': 1,', ': 2,'),
      /ROUND_CORRUPT\] at r\.json#\/schemaVersion/,
    ],
  ] as const)('with %s is refused with the place', ([, text, error]) => {
    expect(() => parseRound(text, 'r.json')).toThrow(error);
  });

  it('that is not there is told by its path', () => {
    expect(() => readRound('no/such/round.json')).toThrow(/ROUND_UNREADABLE\] at no\/such\/round\.json/);
  });
});
