// The script file as a model double: entries with what they fit, and replies in order.
import { MusterError } from '../../base/muster-error.ts';
import { Recent } from '../../base/recent.ts';
import type { Json } from '../../base/json.ts';
import type { Answer, Ask } from '../../team/ask.ts';
import type { ModelDouble, ModelRequest } from '../double.ts';
import { EntryIndex } from './entry-index.ts';
import { conditionsOf, type Question } from './entry-match.ts';
import { noEntryFits } from './no-entry.ts';
import { parseScript } from './parse-script.ts';
import { nameOf, type ReadyEntry } from './ready-entry.ts';
import { replyAnswer } from './reply-answer.ts';
import type { ScriptDocument } from './script-document.ts';

/**
 * A double that keeps its place in each entry: `begin` gives a copy that starts anew, one for each run. Throws
 * `MusterError` for a bad file (SCRIPT_INVALID and its like); its answers throw SCRIPT_NO_ENTRY and SCRIPT_ENDED.
 */
export function scriptFile(value: Json, place = 'script'): ModelDouble {
  return scriptDouble(parseScript(value, place), place);
}

/** The double of a document that has been parsed. */
export function scriptDouble({ entries }: ScriptDocument, place: string): ModelDouble {
  const ready = entries.map((entry, index): ReadyEntry => ({
    place: index,
    entry,
    conditions: conditionsOf(entry.match),
    replies: entry.replies.map(replyAnswer),
    isSteady:
      entry.replies.length === 1 && entry.afterLast === 'repeat' && entry.replies[0]?.fault === undefined,
  }));
  const index = new EntryIndex(entries);
  const begin = (): ModelDouble => {
    const reading = new Reading({ ready, index, place });
    return {
      name: place,
      answer: (ask, _random, request) => reading.answer(ask, request),
      missed: (ask) => reading.missed(ask),
      begin,
    };
  };
  return begin();
}

interface ReadingParts {
  readonly ready: readonly ReadyEntry[];
  readonly index: EntryIndex;
  readonly place: string;
}

/** Which reply an ask was given. */
interface Bound {
  readonly entry: ReadyEntry;
  /** 0-based count of the replies that the entry had given before. */
  readonly position: number;
  readonly attempt: number;
  /** Times that this reply has been tried before. */
  readonly tries: number;
}

/** So many asks are remembered at least, so that a retry finds its reply again. */
const boundMax = 10_000;

/** One run's way through the script. */
class Reading {
  readonly #parts: ReadingParts;
  readonly #taken: number[];
  readonly #bound = new Recent<Bound>(boundMax);
  /** Tries that went into an entry's next reply and never came to a caller. */
  readonly #wasted = new Map<number, number>();

  constructor(parts: ReadingParts) {
    this.#parts = parts;
    this.#taken = parts.ready.map(() => 0);
  }

  answer(ask: Ask, request: ModelRequest | undefined): Answer {
    const known = this.#bound.get(ask.key);
    if (known === undefined) {
      const entry = this.#choose({ ask, request });
      // Where all asks get the same, nothing need be remembered.
      return entry.isSteady ? entry.replies[0]!(ask, 0) : this.#give(ask, this.#bind(ask, entry));
    }
    return this.#give(ask, this.#again(ask, known));
  }

  #give(ask: Ask, bound: Bound): Answer {
    const reply = bound.entry.replies[replyPlace(bound)];
    if (reply === undefined) throw ended(bound, this.#parts.place);
    return reply(ask, bound.tries);
  }

  /** The reply never came to its caller whole: it is the next one again, unless others have been given since. */
  missed({ key }: Ask): void {
    const bound = this.#bound.get(key);
    if (bound === undefined || bound.entry.entry.retry === 'next') return;
    const { place } = bound.entry;
    if (this.#taken[place] !== bound.position + 1) return;
    this.#taken[place] = bound.position;
    this.#wasted.set(place, bound.tries + 1);
    this.#bound.delete(key);
  }

  #again(ask: Ask, known: Bound): Bound {
    const isRetry = ask.attempt > known.attempt;
    if (isRetry && known.entry.entry.retry === 'next') return this.#bind(ask, known.entry);
    const again = { ...known, attempt: ask.attempt, tries: known.tries + 1 };
    this.#bound.set(ask.key, again);
    return again;
  }

  #bind(ask: Ask, entry: ReadyEntry): Bound {
    const { place } = entry;
    const position = this.#taken[place] ?? 0;
    const bound = { entry, position, attempt: ask.attempt, tries: this.#wasted.get(place) ?? 0 };
    this.#taken[place] = position + 1;
    this.#wasted.delete(place);
    this.#bound.set(ask.key, bound);
    return bound;
  }

  /** The first entry of the file that fits, and is not used up. */
  #choose(question: Question): ReadyEntry {
    const { ready, index, place } = this.#parts;
    for (const candidate of index.candidates(question)) {
      const found = ready[candidate]!;
      if (this.#isUsedUp(found)) continue;
      if (found.conditions.every((condition) => condition.holds(question))) return found;
    }
    throw noEntryFits(question, { ready, place, isUsedUp: (entry) => this.#isUsedUp(entry) });
  }

  #isUsedUp({ entry, place }: ReadyEntry): boolean {
    return entry.afterLast === 'otherEntry' && this.#taken[place]! >= entry.replies.length;
  }
}

/** Out of range where the entry has no more replies. */
function replyPlace({ entry: { entry }, position }: Bound): number {
  const { length } = entry.replies;
  switch (entry.afterLast) {
    case 'repeat':
      return Math.min(position, length - 1);
    case 'restart':
      return position % length;
    case 'fail':
    case 'otherEntry':
      return position;
  }
}

function ended({ entry }: Bound, place: string): MusterError {
  const { length } = entry.replies;
  return new MusterError({
    code: 'SCRIPT_ENDED',
    place: `${place}#/entries/${entry.place}`,
    message: `${nameOf(entry)} has ${length} ${length === 1 ? 'reply' : 'replies'}, and one more was asked for`,
    hint: "add a reply, or say what comes after the last: afterLast 'repeat', 'restart' or 'otherEntry'",
  });
}
