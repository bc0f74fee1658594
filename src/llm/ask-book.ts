// The ask book: which turn and attempt each call of a team is that does not tell.
import { fingerprintText } from '../base/fingerprint.ts';
import type { Ask } from '../team/ask.ts';
import { askText, type NamedAsk } from './ask-key.ts';

/** What becomes of a request that was answered and is made again: the same answer, or the answer of a new turn. */
export type RepeatedAsks = 'sameAnswer' | 'nextTurn';

interface Entry {
  readonly agent: string;
  readonly key: string;
  readonly turn: number;
  attempt: number;
  state: 'open' | 'answered' | 'failed';
  /** Whether any attempt was ever answered: then the turn is used up. */
  used: boolean;
}

/**
 * A call is named by its agent and a fingerprint of the whole request, so that a retry is the same call. A call that
 * failed uses up no turn: the next different request of the agent has the same one.
 */
export class AskBook {
  readonly #repeated: RepeatedAsks;
  readonly #entries = new Map<string, Entry>();

  constructor(repeated: RepeatedAsks = 'sameAnswer') {
    this.#repeated = repeated;
  }

  open(request: NamedAsk): Ask {
    const name = `${request.agent}:${fingerprintText(askText(request))}`;
    const entry = this.#entryOf(request.agent, name);
    return { ...request, turn: entry.turn, attempt: entry.attempt, key: entry.key };
  }

  close(ask: Ask, how: 'answered' | 'failed'): void {
    const entry = this.#entries.get(ask.key);
    if (entry === undefined) return;
    entry.state = how;
    if (how === 'answered') entry.used = true;
  }

  #entryOf(agent: string, name: string): Entry {
    for (let ordinal = 1; ; ordinal += 1) {
      const key = ordinal === 1 ? name : `${name}#${ordinal}`;
      const known = this.#entries.get(key);
      if (known === undefined) return this.#add(agent, key);
      if (known.state === 'answered' && this.#repeated === 'nextTurn') continue;
      known.attempt = known.state === 'answered' ? 1 : known.attempt + 1;
      known.state = 'open';
      return known;
    }
  }

  #add(agent: string, key: string): Entry {
    let turn = 1;
    for (const one of this.#entries.values())
      if (one.agent === agent && (one.used || one.state === 'open')) turn += 1;
    const entry: Entry = { agent, key, turn, attempt: 1, state: 'open', used: false };
    this.#entries.set(key, entry);
    return entry;
  }
}
