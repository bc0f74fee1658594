// Clocks: virtual time for simulation, wall time at the edges. Milliseconds since the Unix epoch.

export interface Clock {
  now(): number;
}

/** Time that moves only when told to; it never goes back. */
export class VirtualClock implements Clock {
  #nowMs: number;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  /** Moves to `atMs`; an earlier time leaves the clock where it is. */
  advanceTo(atMs: number): void {
    if (atMs > this.#nowMs) this.#nowMs = atMs;
  }
}

/** The machine's own time, for progress and figures about muster itself; never for a verdict. */
export const wallClock: Clock = { now: () => Date.now() };

/** A monotonic reading in milliseconds, for durations. */
export function elapsedMs(): number {
  return performance.now();
}
