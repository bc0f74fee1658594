// A round: an agent asks another for something, and what came of it. Whether it got on is told from the rounds before.
import { alike, meet, newWords, type Vocabulary } from './vocabulary.ts';

/** When a round counts as stalled; all are shares. */
export interface RoundLimits {
  /** Evidence that adds up to one: likeness of what is asked, of what is done, and the team's own word. */
  readonly evidenceMin: number;
  /** The team's own word never makes one alone: what is asked or what is done must be at least so alike. */
  readonly likenessMin: number;
  /** How much likeness counts when the next item of a list was dealt with. */
  readonly itemWeight: number;
}

export const roundLimits: RoundLimits = { evidenceMin: 1, likenessMin: 0.35, itemWeight: 0.5 };

export interface Round {
  readonly asker: string;
  readonly doer: string;
  /** Where it was asked. */
  readonly place: number;
  readonly seq: number;
  readonly atMs: number;
  readonly ask: Vocabulary;
  /** How the first report begins; null: none came yet. */
  deed: Vocabulary | null;
  /** The share of the team's own answers that say it is stuck; null: it said nothing. */
  selfVerdict: number | null;
  isStalled: boolean;
}

/** Whether the round did nothing that those before it, latest first, had not done. */
export function isStalled(round: Round, before: readonly Round[], limits: RoundLimits): boolean {
  const weight = isNextItem(round, before) ? limits.itemWeight : 1;
  const asked = weight * Math.max(0, ...before.map(({ ask }) => alike(ask, round.ask)));
  const deeds = before.flatMap(({ deed }) => deed ?? []);
  const did =
    round.deed === null ? 0 : weight * Math.max(0, ...deeds.map((deed) => alike(deed, round.deed!)));
  if (Math.max(asked, did) < limits.likenessMin) return false;
  return asked + did + (round.selfVerdict ?? 0) >= limits.evidenceMin;
}

/** A list is gone through: what is newly asked for was done, or what was done is no longer asked for. */
function isNextItem({ ask, deed }: Round, before: readonly Round[]): boolean {
  const asks = before.map((round) => round.ask);
  const deeds = before.flatMap((round) => round.deed ?? []);
  if (deed !== null && meet(newWords(ask, asks), newWords(deed, deeds))) return true;
  const [last] = before;
  if (last === undefined || last.deed === null || newWords(ask, [last.ask]).size > 1) return false;
  return meet(newWords(last.ask, [ask]), last.deed);
}
