// Counts crossings by layer and phase, so that each has an ordinal of its own.
import type { Crossing, CrossingLayer, CrossingPhase } from '../../chaos/crossing.ts';

export interface CrossingParts<L extends CrossingLayer> {
  readonly layer: L;
  readonly agent: string;
  readonly subject: string;
  readonly attempt: number;
  readonly form?: 'plain' | 'stream';
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
    const { layer, agent, subject, attempt, form } = parts;
    const counts = phase === 'request' ? this.#requests : this.#replies;
    const ordinal = (counts[layer] ?? 0) + 1;
    counts[layer] = ordinal;
    const elapsedMs = atMs - this.#startMs;
    const crossing = { layer, phase, agent, subject, ordinal, atMs, elapsedMs, attempt };
    return form === undefined ? crossing : Object.assign(crossing, { form });
  }
}
