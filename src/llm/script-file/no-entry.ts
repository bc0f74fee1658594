// No entry fits: which entry of a script came nearest to a request, and why it did not fit.
import { MusterError } from '../../base/muster-error.ts';
import type { Question } from './entry-match.ts';
import { nameOf, type ReadyEntry } from './ready-entry.ts';

export interface NoEntryParts {
  readonly ready: readonly ReadyEntry[];
  readonly place: string;
  readonly isUsedUp: (entry: ReadyEntry) => boolean;
}

export function noEntryFits(question: Question, parts: NoEntryParts): MusterError {
  const { agent, turn, model } = question.ask;
  const nearest = nearestOf(question, parts);
  return new MusterError({
    code: 'SCRIPT_NO_ENTRY',
    place: parts.place,
    message: `no entry fits the request of agent '${agent}' (turn ${turn}, model ${model}); ${nearest}`,
    hint: 'correct the entry, or add one whose match fits; {} fits everything',
  });
}

/** The entry with the most conditions that hold, of those the one that lacks the fewest. */
function nearestOf(question: Question, { ready, isUsedUp }: NoEntryParts): string {
  let best: { readonly entry: ReadyEntry; readonly held: number; readonly lacks: readonly string[] } | null =
    null;
  for (const entry of ready) {
    const lacking = entry.conditions.filter((condition) => !condition.holds(question));
    const held = entry.conditions.length - lacking.length;
    if (best !== null && (held < best.held || (held === best.held && lacking.length >= best.lacks.length)))
      continue;
    best = { entry, held, lacks: lacking.map((condition) => condition.lacking(question)) };
  }
  if (best === null) return 'the script has no entries';
  const { entry, lacks } = best;
  const why = isUsedUp(entry) ? [`its ${entry.entry.replies.length} replies are used up`, ...lacks] : lacks;
  return `nearest is ${nameOf(entry)}: ${why.join('; ')}`;
}
