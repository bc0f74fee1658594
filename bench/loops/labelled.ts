// Logs that people called looping or not: precision, recall and F1 of ours and of the baselines, by halves.
import { mixText } from '../../src/base/fingerprint.ts';
import { findLoops } from '../../src/loop/find-loops.ts';
import { isFault } from '../../src/loop/loop.ts';
import { baselines } from './baselines.ts';
import { eventsOf, type MessageLog } from './message-log.ts';

interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

type Scores = Readonly<Record<string, Score>>;
export type Halves = Readonly<Record<'all' | 'oneHalf' | 'otherHalf', Scores>>;

const detectors = {
  muster: (log: MessageLog) => findLoops(eventsOf(log)).some(isFault),
  ...baselines,
};

/**
 * The halves are told by a hash of the id. Neither is unseen: the thresholds of the detector were chosen with both in view,
 * so only another file says how well it does on what is new.
 */
export function labelledFigures(logs: readonly MessageLog[]): Halves {
  const judged = logs.filter(({ gold }) => typeof gold === 'boolean');
  const isInOne = ({ id }: MessageLog): boolean => (mixText(7, id) & 1) === 0;
  return {
    all: scores(judged),
    oneHalf: scores(judged.filter(isInOne)),
    otherHalf: scores(judged.filter((log) => !isInOne(log))),
  };
}

function scores(logs: readonly MessageLog[]): Scores {
  return Object.fromEntries(
    Object.entries(detectors).map(([name, detects]) => {
      const found = logs.filter(detects);
      const right = found.filter(({ gold }) => gold === true).length;
      const wanted = logs.filter(({ gold }) => gold === true).length;
      const f1 = (2 * right) / (found.length + wanted);
      return [
        name,
        {
          precision: rounded(right / found.length),
          recall: rounded(right / wanted),
          f1: rounded(f1),
        },
      ];
    }),
  );
}

function rounded(share: number): number {
  return Number.isNaN(share) ? 0 : Math.round(share * 1000) / 1000;
}
