// Watches for errands that get nowhere: agents ask others for the same in other words, and nothing new is done.
import { Recent } from '../base/recent.ts';
import { totalTokens } from '../team/usage.ts';
import type { TraceEvent, TraceEventOf } from '../trace/event.ts';
import { prolong, startErrand, type Errand } from './errand.ts';
import { isStalled, type Round, type RoundLimits } from './round.ts';
import { selfVerdictOf } from './self-verdict.ts';
import { vocabularyOf } from './vocabulary.ts';

/** Rounds of one asker that a round is compared with. */
const roundsKept = 3;
/** Rounds that got on and may stand between two that did not. */
const pausesMax = 1;
/** Stalled rounds before it is called a loop. */
export const stallsMin = 3;
/** Different words that a request must have to be compared. */
const wordsMin = 5;
/** What a report begins with is what was done; what was seen follows. Words. */
const openingWords = 14;
/** How deep in a payload texts are looked for. */
const depthMax = 8;
const askersMax = 256;
const errandsMax = 256;

interface Asker {
  /** Latest first. */
  rounds: readonly Round[];
  errand: Errand | null;
}

export class ErrandWatch {
  readonly #limits: RoundLimits;
  readonly #askers = new Recent<Asker>(askersMax);
  #last: Asker | null = null;
  #found: Errand[] = [];

  constructor(limits: RoundLimits) {
    this.#limits = limits;
  }

  /** Those that are loops, in the order in which that became certain. */
  get found(): readonly Errand[] {
    return this.#found;
  }

  /** The errand that this event prolongs by a stalled round; null for most events. `place`: 1-based, of its step. */
  add(event: TraceEvent, place: number): Errand | null {
    if (event.kind === 'handoff.sent') return this.#handed(event, place);
    if (event.kind === 'tool.called')
      return this.#reported(event, event.agent, () => `${event.tool} ${textIn(event.arguments)}`, place);
    if (event.kind === 'message.said' && event.role === 'environment')
      return this.#reported(event, event.agent, () => event.content, place);
    return event.kind === 'model.answered' ? this.#answered(event, place) : null;
  }

  #answered(event: TraceEventOf<'model.answered'>, place: number): Errand | null {
    const round = this.#last?.rounds[0];
    if (this.#last === null || round === undefined) return null;
    const { errand } = this.#last;
    if (errand?.second !== null && errand?.agents.has(event.agent)) errand.tokens += totalTokens(event.usage);
    const verdict = selfVerdictOf(event.content);
    if (verdict === null) return this.#reported(event, event.agent, () => event.content, place);
    round.selfVerdict = verdict;
    const stalled = this.#judge(this.#last, event, place);
    if (verdict > 0 && round.isStalled && this.#last.errand !== null) this.#last.errand.selfVerdicts += 1;
    return stalled;
  }

  #handed(event: TraceEventOf<'handoff.sent'>, place: number): Errand | null {
    if (event.attempt > 1 || event.from === event.to) return null;
    const text = textIn(event.payload);
    const back = this.#last?.rounds[0];
    const reported =
      back?.doer === event.from && back.asker === event.to
        ? this.#reported(event, event.from, () => text, place)
        : null;
    const ask = vocabularyOf(text);
    if (ask.size >= wordsMin) this.#open(event, place, ask);
    return reported;
  }

  #open(event: TraceEventOf<'handoff.sent'>, place: number, ask: Round['ask']): void {
    const { from: asker, to: doer, seq, atMs } = event;
    const book = this.#askers.get(asker) ?? { rounds: [], errand: null };
    this.#askers.set(asker, book);
    this.#last = book;
    if (book.errand !== null) {
      book.errand.pauses += 1;
      book.errand.places.push(place);
    }
    const round: Round = {
      asker,
      doer,
      place,
      seq,
      atMs,
      ask,
      deed: null,
      selfVerdict: null,
      isStalled: false,
    };
    book.rounds = [round, ...book.rounds].slice(0, roundsKept + 1);
  }

  #reported(event: TraceEvent, agent: string, text: () => string, place: number): Errand | null {
    const book = this.#last;
    const round = book?.rounds[0];
    if (book === null || round === undefined || round.asker === agent) return null;
    if (round.deed !== null) {
      if (round.isStalled && book.errand !== null)
        book.errand.end = { place, seq: event.seq, atMs: event.atMs };
      return null;
    }
    round.deed = vocabularyOf(text().split(/\s+/, openingWords).join(' '));
    return this.#judge(book, event, place);
  }

  #judge(book: Asker, { seq, atMs }: TraceEvent, place: number): Errand | null {
    const [round, ...before] = book.rounds;
    if (round === undefined) return null;
    const isNew = !round.isStalled && isStalled(round, before, this.#limits);
    round.isStalled ||= isNew;
    if (isNew) book.errand = continued(book, round);
    if (!round.isStalled || book.errand === null) return null;
    book.errand.end = { place, seq, atMs };
    if (!isNew) return null;
    if (book.errand.stalls === stallsMin) this.#found = [...this.#found, book.errand].slice(-errandsMax);
    return book.errand;
  }
}

/** The errand that a stalled round belongs to. One that had a single such round before somebody else was asked is over. */
function continued({ errand, rounds }: Asker, round: Round): Errand {
  if (errand === null) return startErrand(round);
  const between = rounds.slice(1, errand.pauses);
  const isOver =
    errand.pauses - 1 > pausesMax ||
    (errand.stalls === 1 && between.some(({ doer }) => doer !== errand.first.doer));
  if (isOver) return startErrand(round);
  prolong(errand, round);
  return errand;
}

/** All texts in a value, without the names of its members, to a depth. */
function textIn(value: unknown, depth = depthMax): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth === 0) return '';
  return Object.values(value)
    .map((member) => textIn(member, depth - 1))
    .join(' ');
}
