// A round: an agent asks another for something, and what came of it. Whether it got on is told from the rounds before.
import { alike, meet, newWords, type Vocabulary } from './vocabulary.ts';

/** Evidence that adds up to a stalled round: likeness of what is asked, of what is done, and the team's own word. */
const evidenceMin = 1;
/** The team's own word never makes one alone: what is asked or what is done must be at least so alike. */
const likenessMin = 0.35;
/** How much likeness counts when the next item of a list was dealt with. */
const itemWeight = 0.5;

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
export function isStalled(round: Round, before: readonly Round[]): boolean {
  const weight = isNextItem(round, before) ? itemWeight : 1;
  const asked = weight * Math.max(0, ...before.map(({ ask }) => alike(ask, round.ask)));
  const deeds = before.flatMap(({ deed }) => deed ?? []);
  const did =
    round.deed === null ? 0 : weight * Math.max(0, ...deeds.map((deed) => alike(deed, round.deed!)));
  if (Math.max(asked, did) < likenessMin) return false;
  return asked + did + (round.selfVerdict ?? 0) >= evidenceMin;
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
