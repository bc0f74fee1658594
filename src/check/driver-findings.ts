// S1 and S2: what only the driver can see while a run goes on, read from the findings that it wrote down.
import type { Invariant } from './invariant.ts';
import type { TraceIndex } from './trace-index.ts';
import { broken, held, unknown, type InvariantId, type Ruling } from './verdict.ts';

/** What the driver found on an invariant; unknown where it wrote down nothing. */
export function findingOn(index: TraceIndex, invariant: InvariantId): Ruling {
  let seen = false;
  for (const event of index.findings) {
    if (event.invariant !== invariant) continue;
    if (!event.held) return broken(`${event.detail} (${event.times} times)`, event.seq);
    seen = true;
  }
  return seen ? held : unknown(`the trace holds no finding on ${invariant}`);
}

export const replayGivesTheSameState: Invariant = {
  id: 'S1',
  sentence: 'Replaying the journal gives the same state, byte for byte.',
  check: (index) => findingOn(index, 'S1'),
};

export const obligationsMirrored: Invariant = {
  id: 'S2',
  sentence: 'What the driver has in flight is what the steward counts as pending, after every step.',
  check: (index) => findingOn(index, 'S2'),
};
