// Logs that people called looping or not: precision, recall and F1 of ours and of the baselines, by halves.
import { mixText } from '../../src/base/fingerprint.ts';
import { findLoops } from '../../src/loop/find-loops.ts';
import { isFault } from '../../src/loop/loop.ts';
import type { RoundLimits } from '../../src/loop/round.ts';
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

/** How well ours does with other limits. */
export function labelledScore(logs: readonly MessageLog[], limits: RoundLimits): Score {
  const judged = logs.filter(({ gold }) => typeof gold === 'boolean');
  return scoreOf(judged, (log) => findLoops(eventsOf(log), limits).some(isFault));
}

function scores(logs: readonly MessageLog[]): Scores {
  return Object.fromEntries(
    Object.entries(detectors).map(([name, detects]) => [name, scoreOf(logs, detects)]),
  );
}

function scoreOf(logs: readonly MessageLog[], detects: (log: MessageLog) => boolean): Score {
  const found = logs.filter(detects);
  const right = found.filter(({ gold }) => gold === true).length;
  const wanted = logs.filter(({ gold }) => gold === true).length;
  return {
    precision: rounded(right / found.length),
    recall: rounded(right / wanted),
    f1: rounded((2 * right) / (found.length + wanted)),
  };
}

function rounded(share: number): number {
  return Number.isNaN(share) ? 0 : Math.round(share * 1000) / 1000;
}
