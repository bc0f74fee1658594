// Stale recordings: answers given to a request that has changed since, told once for each agent and change.
import { MusterError } from '../../base/muster-error.ts';
import type { Ask } from '../../team/ask.ts';
import { unattributed } from '../attribution.ts';
import { askChanges, type AskDigest, type Recording } from './recording.ts';
import type { RecordingIndex } from './recording-index.ts';

export interface StaleParts {
  readonly place: string;
  readonly warn: (message: string) => void;
  /** Warnings that were given; runs may share them. */
  readonly told: Set<string>;
}

/**
 * A changed request and its old form are never both asked in one run: then they are two requests, perhaps of two
 * agents, and the answer of one is not the other's. What nobody attributed is never taken for something changed.
 */
export class StaleRecordings {
  readonly #parts: StaleParts;
  /** Keys that were asked as they were recorded. */
  readonly #asked = new Set<string>();
  /** Keys whose recordings were given to a changed request, and the agent that made it. */
  readonly #given = new Map<string, string>();

  constructor(parts: StaleParts) {
    this.#parts = parts;
  }

  /** Throws `MusterError` CASSETTE_TWO_REQUESTS when this request's recording was given to another one before. */
  asRecorded(key: string): void {
    this.#asked.add(key);
    const agent = this.#given.get(key);
    if (agent === undefined) return;
    throw new MusterError({
      code: 'CASSETTE_TWO_REQUESTS',
      message: `agent '${agent}' made two requests that differ only in what was taken for a change; the first was given the recording of the second`,
      place: this.#parts.place,
      hint: "record both; or tell the two agents apart by attribution; or refuse stale recordings (stale: 'miss')",
    });
  }

  find(ask: Ask, digest: AskDigest, index: RecordingIndex): readonly Recording[] {
    if (ask.agent === unattributed) return [];
    const older = index.older(ask.agent, digest.ask);
    const first = older[0];
    if (first === undefined || older.some(({ key }) => this.#asked.has(key))) return [];
    for (const { key } of older) this.#given.set(key, ask.agent);
    const changed = askChanges(first.ask, digest.ask).join(', ');
    const { place, warn, told } = this.#parts;
    const message = `${place}: recordings of agent '${ask.agent}' are stale (${changed} changed since); record them again`;
    if (!told.has(message)) warn(message);
    told.add(message);
    return older;
  }
}
