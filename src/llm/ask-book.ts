// The ask book: which turn and attempt each call of a team is that does not tell.
import { fingerprintText } from '../base/fingerprint.ts';
import { Recent } from '../base/recent.ts';
import type { Ask } from '../team/ask.ts';
import { askText, type NamedAsk } from './ask-key.ts';

/** What becomes of a request that was answered and is made again: the same answer, or the answer of a new turn. */
export type RepeatedAsks = 'sameAnswer' | 'nextTurn';

/** The newest call of a request. */
interface Entry {
  readonly name: string;
  key: string;
  /** Of calls that were answered and made again, which one this is. */
  ordinal: number;
  turn: number;
  attempt: number;
  state: 'open' | 'answered' | 'failed';
  /** Whether any attempt was ever answered: then the turn is used up. */
  used: boolean;
}

export interface AskBookParts {
  /** Absent: `sameAnswer`. */
  readonly repeatedAsks?: RepeatedAsks;
  /** Names a request, its agent included; absent: a fingerprint of its canonical text. */
  readonly nameOf?: (request: NamedAsk) => string;
  /** So many requests are remembered at least; older ones that are made again are new ones. Absent: all. */
  readonly requestsMax?: number;
}

/**
 * A call is named by its agent and a fingerprint of the whole request, so that a retry is the same call. A call that
 * failed uses up no turn: the next different request of the agent has the same one.
 */
export class AskBook {
  readonly #repeated: RepeatedAsks;
  readonly #nameOf: (request: NamedAsk) => string;
  readonly #entries: Recent<Entry>;
  /** Most calls are closed before another one is opened. */
  #latest: Entry | null = null;
  /** Turns of each agent that are used up or open. */
  readonly #turns = new Map<string, { count: number }>();

  constructor({ repeatedAsks = 'sameAnswer', nameOf = askName, requestsMax = Infinity }: AskBookParts = {}) {
    this.#repeated = repeatedAsks;
    this.#nameOf = nameOf;
    this.#entries = new Recent(requestsMax);
  }

  open(request: NamedAsk): Ask {
    const { agent } = request;
    const entry = this.#entryOf(agent, this.#nameOf(request));
    const { model, messages, tools, responseSchema, wants } = request;
    const { turn, attempt, key } = entry;
    // Most asks have neither of both: those are not spread.
    if (responseSchema !== undefined || wants !== undefined) return { ...request, turn, attempt, key };
    return { agent, model, messages, tools, turn, attempt, key };
  }

  close({ agent, key }: Ask, how: 'answered' | 'failed'): void {
    const entry = this.#latest?.key === key ? this.#latest : this.#entries.get(nameIn(agent, key));
    if (entry === undefined || entry.key !== key) return;
    const wasCounted = isCounted(entry);
    entry.state = how;
    if (how === 'answered') entry.used = true;
    if (wasCounted !== isCounted(entry)) this.#turnsOf(agent).count += wasCounted ? -1 : 1;
  }

  #entryOf(agent: string, name: string): Entry {
    const known = this.#entries.get(name);
    if (known !== undefined) this.#again(agent, known);
    this.#latest = known ?? this.#add(agent, name);
    return this.#latest;
  }

  #add(agent: string, name: string): Entry {
    const turn = this.#nextTurn(agent);
    const key = flat(agent, ':', name);
    const entry: Entry = { name, key, ordinal: 1, turn, attempt: 1, state: 'open', used: false };
    this.#entries.set(name, entry);
    return entry;
  }

  #again(agent: string, entry: Entry): void {
    const isAnswered = entry.state === 'answered';
    if (isAnswered && this.#repeated === 'nextTurn') {
      entry.ordinal += 1;
      entry.key = flat(agent, ':', entry.name, '#', String(entry.ordinal));
      entry.turn = this.#nextTurn(agent);
      entry.used = false;
    } else if (!isCounted(entry)) this.#turnsOf(agent).count += 1;
    entry.attempt = isAnswered ? 1 : entry.attempt + 1;
    entry.state = 'open';
  }

  #nextTurn(agent: string): number {
    const turns = this.#turnsOf(agent);
    turns.count += 1;
    return turns.count;
  }

  #turnsOf(agent: string): { count: number } {
    const known = this.#turns.get(agent);
    if (known !== undefined) return known;
    const turns = { count: 0 };
    this.#turns.set(agent, turns);
    return turns;
  }
}

/** A text that is read soon and often: the engine would put one together of pieces first, and flatten it then. */
function flat(...pieces: readonly string[]): string {
  return pieces.join('');
}

/** A call that failed and was never answered uses up no turn. */
function isCounted({ used, state }: Entry): boolean {
  return used || state === 'open';
}

/** The key without its agent and its ordinal; an agent's name may hold anything. */
function nameIn(agent: string, key: string): string {
  const start = agent.length + 1;
  const mark = key.indexOf('#', start);
  return mark < 0 ? key.slice(start) : key.slice(start, mark);
}

function askName(request: NamedAsk): string {
  return fingerprintText(askText(request));
}
