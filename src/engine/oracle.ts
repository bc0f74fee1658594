// The oracle: what the driver checks while a run goes on, because no trace could show it afterwards. S1, S2, S3, S11, S13, L4.
import { sameBytes } from '../base/same-bytes.ts';
import { structureHash } from '../base/structure-hash.ts';
import type { Command } from '../steward/command.ts';
import type { StewardEvent } from '../steward/event.ts';
import type { Note } from '../steward/note.ts';
import type { StewardState } from '../steward/state.ts';
import { obligations } from '../steward/step.ts';
import { auditEntry, type AuditEntry } from '../trace/audit.ts';
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
  readonly audit: readonly AuditEntry[] | null;
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
  readonly #audit: AuditEntry[] = [];
  /** Hash of the state before an event that nobody waits for; null before all others. */
  #before: string | null = null;

  dispatched(command: Command): void {
    this.#mirror.dispatched(command);
  }

  awaits(event: StewardEvent, state: StewardState): void {
    const counts = this.#mirror.expects(event) && !comesTooLate(event, state);
    this.#before = counts ? null : essence(state);
    this.#mirror.consumed(event);
  }

  stepped(event: StewardEvent, state: StewardState, notes: readonly Note[]): void {
    const previous = this.#audit.at(-1)?.hash ?? '';
    this.#audit.push(auditEntry(event, { serial: this.#audit.length + 1, notes, previous }));
    if (this.#before === null) return;
    const changed = essence(state) !== this.#before;
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
  return over && !('command' in event) && event.kind !== 'recovered';
}

/** The state without its counters of events seen, and without the definitions that no answer could change. */
function essence(state: StewardState): string {
  return structureHash({
    ...state,
    events: 0,
    ignored: 0,
    atMs: 0,
    team: null,
    mission: null,
    published: null,
  });
}
