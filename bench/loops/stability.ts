// How much hangs on the limits by which a round counts as stalled: each of them a fifth lower and a fifth higher.
import { roundLimits, type RoundLimits } from '../../src/loop/round.ts';
import { labelledScore } from './labelled.ts';
import type { MessageLog } from './message-log.ts';
import { markedFigures } from './step-marked.ts';

const factors = [0.8, 1.2];

export function stabilityFigures(logs: Readonly<Record<'labelled' | 'marked', readonly MessageLog[]>>) {
  const varied = (Object.keys(roundLimits) as (keyof RoundLimits)[]).flatMap((limit) =>
    factors.map((factor) => ({ limit, factor })),
  );
  return Object.fromEntries(
    varied.map(({ limit, factor }) => {
      const limits = { ...roundLimits, [limit]: roundLimits[limit] * factor };
      const { precision, f1 } = labelledScore(logs.labelled, limits);
      const { agent, interval, start, period, alarmedWithin3Rounds, falseGroupsPerClean } = markedFigures(
        logs.marked,
        limits,
      );
      const marked = { agent, interval, start, period, alarmedWithin3Rounds, falseGroupsPerClean };
      return [`${limit} x ${factor}`, { precision, f1, ...marked }];
    }),
  );
}
