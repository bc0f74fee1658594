// Watches for a restart: the beginning of a trace is gone through anew.
import type { Step } from './step.ts';

/** Steps of a beginning that are remembered. */
const prefixMax = 64;
/** Steps that must come again in order, and how many of them must differ from each other. */
const stepsMin = 6;
const differentMin = 4;

export interface Restart {
  readonly steps: readonly Step[];
  first: Step;
  second: Step;
  last: Step;
  count: number;
  readonly period: number;
}

export class RestartWatch {
  readonly #prefix: Step[] = [];
  #from: Step | null = null;
  #at = 0;
  #found: Restart | null = null;

  /** The restart that this step makes certain; null for most steps. */
  add(step: Step): Restart | null {
    const isRunning = this.#from !== null && this.#prefix[this.#at]?.deed === step.deed;
    if (isRunning) this.#at += 1;
    else if (this.#prefix[0]?.deed === step.deed) [this.#from, this.#at] = [step, 1];
    else this.#from = null;
    if (this.#from === null && this.#found === null && this.#prefix.length < prefixMax)
      this.#prefix.push(step);
    return this.#from === null ? null : this.#told(this.#from, step);
  }

  get found(): Restart | null {
    return this.#found;
  }

  #told(from: Step, step: Step): Restart | null {
    const [first] = this.#prefix;
    if (first === undefined || this.#at < stepsMin) return null;
    const found = this.#found;
    if (found !== null) {
      if (this.#at === stepsMin && from.place > found.last.place - stepsMin) found.count += 1;
      found.last = step;
      return null;
    }
    const steps = this.#prefix.slice(0, this.#at);
    if (new Set(steps.map(({ deed }) => deed)).size < differentMin) return null;
    const period = from.place - first.place;
    this.#found = { steps: this.#prefix, first, second: from, last: step, count: 2, period };
    return this.#found;
  }
}
