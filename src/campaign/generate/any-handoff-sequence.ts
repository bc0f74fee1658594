// Arbitrary handoff sequences: who is handed the work, in turn.
import fc from 'fast-check';

/** Lists of 0-based agent numbers; they shrink towards short ones and towards the first agent. */
export function anyHandoffSequence(agents: number, lengthMax: number): fc.Arbitrary<readonly number[]> {
  return fc.array(fc.integer({ min: 0, max: agents - 1 }), { minLength: 1, maxLength: lengthMax });
}
