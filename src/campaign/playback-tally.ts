// The tally of playback: over the trials of a scenario, the model calls that asked something else than was recorded.
import type { Trace } from '../trace/trace.ts';
import type { PlaybackRecord, StrayAsk } from './record.ts';

/** Told in full; the others are counted. */
const toldMax = 3;

interface Stray {
  readonly first: StrayAsk;
  calls: number;
}

/** What an agent asks otherwise it asks so again in each later turn: that is told once. */
export class PlaybackTally {
  readonly #told = new Map<string, Stray>();
  #strayCalls = 0;

  add(trace: Trace): void {
    for (const event of trace.events) {
      if (event.kind !== 'playback.diverged') continue;
      this.#strayCalls += 1;
      const { agent, turn, what } = event;
      const key = JSON.stringify([agent, what]);
      const told = this.#told.get(key);
      if (told !== undefined) told.calls += 1;
      else if (this.#told.size < toldMax)
        this.#told.set(key, { first: { agent, turn, what, calls: 1 }, calls: 1 });
    }
  }

  record(): PlaybackRecord {
    const first = [...this.#told.values()].map((stray) => ({ ...stray.first, calls: stray.calls }));
    return { strayCalls: this.#strayCalls, first };
  }
}
