// Clocks: virtual time for simulation, wall time at the edges. Milliseconds since the Unix epoch.

export interface Clock {
  now(): number;
}

/** A clock that can also be set to ring: the machine's own, or a virtual one. */
export interface Time extends Clock {
  /** Calls back once, so many milliseconds from now; returns what takes it back. */
  after(delayMs: number, callback: () => void): () => void;
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

/** Node takes a longer delay for 1 ms. */
const timerMsMax = 2 ** 31 - 1;

/** Wall time that rings. A timer that waits does not keep the process alive. */
export const wallTime: Time = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, Math.min(delayMs, timerMsMax)).unref();
    return () => clearTimeout(timer);
  },
};

/** Calls back once all that has come in by now has been taken in: after this turn of the event loop. */
export function afterThisTurn(callback: () => void): void {
  setImmediate(callback);
}

/** A monotonic reading in milliseconds, for durations. */
export function elapsedMs(): number {
  return performance.now();
}
