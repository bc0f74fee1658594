// An errand: rounds in which the same is asked for and nothing new is done.
import type { Loop } from './loop.ts';
import type { Round } from './round.ts';

/** Rounds whose distances are remembered. */
const placesMax = 256;

export interface Errand {
  readonly agents: Set<string>;
  readonly first: Round;
  second: Round | null;
  last: Round;
  /** Where the last round got to. */
  end: { place: number; seq: number; atMs: number };
  stalls: number;
  selfVerdicts: number;
  /** Rounds since the last one that was stalled. */
  pauses: number;
  /** Where it was asked, those rounds included. */
  places: number[];
  tokens: number;
}

export function startErrand(round: Round): Errand {
  const { place, seq, atMs } = round;
  return {
    agents: new Set([round.asker, round.doer]),
    first: round,
    second: null,
    last: round,
    end: { place, seq, atMs },
    stalls: 1,
    selfVerdicts: 0,
    pauses: 0,
    places: [place],
    tokens: 0,
  };
}

export function prolong(errand: Errand, round: Round): void {
  errand.agents.add(round.doer);
  errand.second ??= round;
  errand.last = round;
  errand.stalls += 1;
  errand.pauses = 0;
  if (errand.places.length > placesMax) errand.places = errand.places.slice(-placesMax / 2);
}

export function errandLoop(errand: Errand): Loop {
  const { first, second, end, stalls, selfVerdicts } = errand;
  const [asker, ...doers] = [...errand.agents];
  const period = median(distances(errand.places));
  return {
    kind: 'rewording',
    agents: [...errand.agents],
    tools: [],
    edges: doers.map((doer) => `${asker}->${doer}`),
    firstStep: first.place,
    lastStep: end.place,
    firstSeq: first.seq,
    lastSeq: end.seq,
    period,
    repetitions: stalls,
    tokens: errand.tokens,
    timeMs: Math.max(0, end.atMs - (second ?? first).atMs),
    progress: `none: ${stalls} rounds did nothing new about what was asked${selfVerdicts === 0 ? '' : `, and ${selfVerdicts} times the team said so itself`}`,
    reason: `${asker} asked ${doers.join(' and ')} for nearly the same ${stalls} times, every ${period} steps`,
  };
}

function distances(places: readonly number[]): readonly number[] {
  return places.slice(1).map((place, index) => place - places[index]!);
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0;
}
