// The tally of attribution: over the trials of a scenario, the model calls of which nobody, or several, could be the agent.
import type { Trace } from '../trace/trace.ts';
import type { AttributionDoubt, AttributionRecord } from './record.ts';

export class AttributionTally {
  readonly #doubts = new Map<string, AttributionDoubt>();
  #modelCalls = 0;

  add(trace: Trace): void {
    for (const event of trace.events) {
      if (event.kind === 'model.called') this.#modelCalls += 1;
      if (event.kind !== 'attribution.doubted') continue;
      const { fits, prompt } = event;
      const key = JSON.stringify(fits);
      const known = this.#doubts.get(key);
      this.#doubts.set(
        key,
        known === undefined ? { fits, prompt, calls: 1 } : { ...known, calls: known.calls + 1 },
      );
    }
  }

  record(): AttributionRecord {
    return { modelCalls: this.#modelCalls, doubts: [...this.#doubts.values()] };
  }
}
