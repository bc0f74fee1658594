// What an import gives: traces, what the models were asked and answered, and what was left out.
import type { Trace } from '../trace/trace.ts';
import type { Message, ToolOffer } from '../team/ask.ts';
import type { Usage } from '../team/usage.ts';
import type { Skipped } from './format.ts';
import type { Said } from './step.ts';

/** A model call as a cassette needs it. */
export interface ImportedAsk {
  /** The run of the file; empty where the file holds one. */
  readonly run: string;
  readonly agent: string;
  readonly model: string | null;
  /** Null: the file does not hold what the model was shown. */
  readonly input: readonly Message[] | null;
  readonly offers: readonly ToolOffer[];
  readonly said: Said | null;
  readonly usage: Usage | null;
  readonly error: string | null;
}

export interface ImportedTraces {
  readonly format: string;
  /** In order of first appearance. */
  readonly runs: readonly Trace[];
  readonly skipped: readonly Skipped[];
}

export interface Imported extends ImportedTraces {
  /** In order of the traces. */
  readonly asks: readonly ImportedAsk[];
}
