// Arbitrary missions: an input of a few fields, and a context that may already hold something.
import fc from 'fast-check';
import type { Mission } from '../../team/mission.ts';

/** Text in the input may be anything that JSON can hold: it is data, and must stay data. */
export function anyMission(): fc.Arbitrary<Mission> {
  return fc.record({
    id: fc.integer({ min: 1, max: 9_999 }).map((n) => `m${n}`),
    goal: fc.string({ maxLength: 40 }),
    input: fc.dictionary(
      fc.string({ minLength: 1, maxLength: 8 }).filter((key) => key !== '__proto__'),
      fc.oneof(fc.string({ maxLength: 20 }), fc.integer(), fc.boolean()),
      { maxKeys: 4 },
    ),
    context: fc.constantFrom<Mission['context']>({}, { shared: ['known'] }),
  });
}
