// The window of steps: what waits to be put in order, run by run; bounded where a file is read on the fly.
import type { Step } from '../step.ts';

export interface StepWindowParts {
  /** Infinity: all steps of a run are put in order. Otherwise those that wait when the window is full. */
  readonly stepsMax: number;
  /** Takes the steps of one run that waited together, in source order. */
  readonly flush: (run: string, steps: readonly Step[]) => void;
}

export class StepWindow {
  readonly #parts: StepWindowParts;
  /** The run that was quiet for longest comes first. */
  readonly #waiting = new Map<string, Step[]>();
  #count = 0;

  constructor(parts: StepWindowParts) {
    this.#parts = parts;
  }

  add(step: Step): void {
    const { run } = step;
    const steps = this.#waiting.get(run) ?? [];
    steps.push(step);
    this.#count += 1;
    if (this.#parts.stepsMax !== Infinity) this.#waiting.delete(run);
    this.#waiting.set(run, steps);
    if (this.#count > this.#parts.stepsMax) this.#drain(this.#parts.stepsMax / 2);
  }

  end(): void {
    this.#drain(0);
  }

  #drain(left: number): void {
    for (const [run, steps] of this.#waiting) {
      if (this.#count <= left) return;
      this.#waiting.delete(run);
      this.#count -= steps.length;
      this.#parts.flush(run, steps);
    }
  }
}
