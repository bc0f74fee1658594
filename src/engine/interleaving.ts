// Interleavings: in which order concurrent things happen, drawn by seed. A virtual clock alone would collapse races.
import { drawsAt } from '../base/random.ts';

/** How often one run holds an answer back, and for how long at most. */
const preemptionsMax = 8;
const holdMsMax = 3_000;

export class Interleaving {
  readonly #order: (arrival: number) => number;
  readonly #hold: (arrival: number) => number;
  readonly #explores: 'usual' | 'schedule';
  #arrivals = 0;
  #preemptions = 0;

  /** Without a schedule, only things of one and the same moment are put in order; with one, answers also overtake each other. */
  constructor(seed: number, schedule: number | null) {
    const name = `${seed}/${schedule ?? 'usual'}`;
    this.#order = drawsAt(name, 'order');
    this.#hold = drawsAt(name, 'hold');
    this.#explores = schedule === null ? 'usual' : 'schedule';
  }

  /** Order among things of one moment. */
  rank(): number {
    this.#arrivals += 1;
    return this.#order(this.#arrivals);
  }

  /** Milliseconds by which the next answer is held back, so that others overtake it. */
  holdMs(): number {
    if (this.#explores === 'usual' || this.#preemptions >= preemptionsMax) return 0;
    this.#arrivals += 1;
    const draw = this.#hold(this.#arrivals);
    if (draw > 0.3) return 0;
    this.#preemptions += 1;
    return 1 + Math.floor((draw / 0.3) * holdMsMax);
  }
}
