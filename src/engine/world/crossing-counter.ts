// Counts crossings by layer and phase, so that each has an ordinal of its own.
import type { Crossing, CrossingLayer, CrossingPhase } from '../../chaos/crossing.ts';

export interface CrossingParts<L extends CrossingLayer> {
  readonly layer: L;
  readonly agent: string;
  readonly subject: string;
  readonly attempt: number;
}

type Counts = { [L in CrossingLayer]?: number };

export class CrossingCounter {
  readonly #startMs: number;
  readonly #requests: Counts = {};
  readonly #replies: Counts = {};

  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  /** The next crossing of its layer and phase. */
  next<L extends CrossingLayer>(
    parts: CrossingParts<L>,
    phase: CrossingPhase,
    atMs: number,
  ): Crossing & { readonly layer: L } {
    const { layer, agent, subject, attempt } = parts;
    const counts = phase === 'request' ? this.#requests : this.#replies;
    const ordinal = (counts[layer] ?? 0) + 1;
    counts[layer] = ordinal;
    return { layer, phase, agent, subject, ordinal, atMs, elapsedMs: atMs - this.#startMs, attempt };
  }
}
