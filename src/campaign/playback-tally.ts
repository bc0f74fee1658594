// The tally of playback: over the trials of a scenario, the model calls that asked something else than was recorded.
import type { Trace } from '../trace/trace.ts';
import type { PlaybackRecord, StrayAsk } from './record.ts';

/** Told in full; the others are counted. */
const toldMax = 3;

export class PlaybackTally {
  readonly #first = new Map<string, StrayAsk>();
  #strayCalls = 0;

  add(trace: Trace): void {
    for (const event of trace.events) {
      if (event.kind !== 'playback.diverged') continue;
      this.#strayCalls += 1;
      const { agent, turn, what } = event;
      const key = JSON.stringify([agent, turn, what]);
      if (this.#first.size < toldMax) this.#first.set(key, { agent, turn, what });
    }
  }

  record(): PlaybackRecord {
    return { strayCalls: this.#strayCalls, first: [...this.#first.values()] };
  }
}
