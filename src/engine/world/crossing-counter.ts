// Counts crossings by layer and phase, so that each has an ordinal of its own.
import type { Crossing, CrossingLayer, CrossingPhase } from '../../chaos/crossing.ts';

export interface CrossingParts<L extends CrossingLayer> {
  readonly layer: L;
  readonly agent: string;
  readonly subject: string;
  readonly attempt: number;
}

export class CrossingCounter {
  readonly #startMs: number;
  readonly #counts: Record<string, number> = {};

  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  /** The next crossing of its layer and phase. */
  next<L extends CrossingLayer>(
    parts: CrossingParts<L>,
    phase: CrossingPhase,
    atMs: number,
  ): Crossing & { readonly layer: L } {
    const counter = parts.layer + phase;
    const ordinal = (this.#counts[counter] ?? 0) + 1;
    this.#counts[counter] = ordinal;
    const { layer, agent, subject, attempt } = parts;
    return { layer, phase, agent, subject, ordinal, atMs, elapsedMs: atMs - this.#startMs, attempt };
  }
}
