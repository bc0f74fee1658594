// The oracle: what the driver checks while a run goes on, because no trace could show it afterwards. S1, S2, S3, S11, S13, L4.
import { Imprint } from '../base/imprint.ts';
import { sameBytes } from '../base/same-bytes.ts';
import type { Command } from '../steward/command.ts';
import { isAnswer, type StewardEvent } from '../steward/event.ts';
import type { Note } from '../steward/note.ts';
import type { StewardState } from '../steward/state.ts';
import { obligations } from '../steward/step.ts';
import { auditLine, type AuditLine } from '../trace/audit.ts';
import { Findings, type Finding } from './findings.ts';
import { Mirror } from './mirror.ts';
import { replay } from './replay.ts';

/** The driver tells it everything, in the order in which it happens. */
export interface Oracle {
  dispatched(command: Command): void;
  /** An event is about to be stepped. */
  awaits(event: StewardEvent, state: StewardState): void;
  /** It was stepped, and these are the notes on it. */
  stepped(event: StewardEvent, state: StewardState, notes: readonly Note[]): void;
  /** All commands of a step are dispatched. */
  settled(state: StewardState): void;
  crashed(): void;
  /** A new process has taken over and dispatched these commands again. */
  tookOver(state: StewardState, again: readonly Command[]): void;
  finished(state: StewardState, journal: readonly StewardEvent[]): OracleReport;
}

export interface OracleReport {
  readonly findings: readonly Finding[];
  /** Null where nobody kept one. */
  readonly audit: readonly AuditLine[] | null;
  /** Commands in flight at the end; null where nobody counted. */
  readonly live: number | null;
}

/** Checks nothing and says so: for controls, which are compared and not judged. */
export const blindOracle: Oracle = {
  dispatched: () => undefined,
  awaits: () => undefined,
  stepped: () => undefined,
  settled: () => undefined,
  crashed: () => undefined,
  tookOver: () => undefined,
  finished: () => ({ findings: [], audit: null, live: null }),
};

export class WatchfulOracle implements Oracle {
  readonly #findings = new Findings();
  readonly #mirror = new Mirror(this.#findings);
  readonly #audit: AuditLine[] = [];
  /** The state before an event that nobody waits for. */
  readonly #before = new Imprint(aside);
  #unexpected = false;

  dispatched(command: Command): void {
    this.#mirror.dispatched(command);
  }

  awaits(event: StewardEvent, state: StewardState): void {
    this.#unexpected = !this.#mirror.arrived(event) || comesTooLate(event, state);
    if (this.#unexpected) this.#before.take(state);
  }

  stepped(event: StewardEvent, state: StewardState, notes: readonly Note[]): void {
    this.#audit.push(auditLine(event, this.#audit.length + 1, notes));
    if (!this.#unexpected) return;
    const changed = !this.#before.fits(state);
    this.#findings.note('S13', changed, `${event.kind}, which nobody waits for, changed the state`);
  }

  settled(state: StewardState): void {
    this.#mirror.compare(state);
  }

  crashed(): void {
    this.#mirror.crashed();
  }

  tookOver(state: StewardState, again: readonly Command[]): void {
    const ids = new Set(again.map((command) => ('id' in command ? command.id : '')));
    const forgotten = obligations(state).some((command) => !ids.has(command.id));
    this.#findings.note('L4', forgotten, 'an obligation was not dispatched again after a crash');
    this.#mirror.compare(state);
  }

  finished(state: StewardState, journal: readonly StewardEvent[]): OracleReport {
    this.#findings.note(
      'S1',
      !sameBytes(replay(journal), state),
      'replaying the journal gives another state',
    );
    return { findings: this.#findings.all(), audit: this.#audit, live: this.#mirror.live };
  }
}

/** What people and systems outside decide once the mission is over. */
function comesTooLate(event: StewardEvent, { status }: StewardState): boolean {
  const over = status === 'closing' || status === 'ended';
  return over && !isAnswer(event) && event.kind !== 'recovered';
}

/** What an event that does not count may change: the counters of events seen. Definitions no answer could change. */
const aside: ReadonlySet<keyof StewardState> = new Set([
  'events',
  'ignored',
  'atMs',
  'team',
  'mission',
  'published',
] as const);
