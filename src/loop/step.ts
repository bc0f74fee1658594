// A step of a trace: one thing that an agent did, as far as a loop can be made of it.
import type { TextPrint } from './text-print.ts';

/** Where a step stands, and what had been spent by then. */
export interface StepPlace {
  /** 1-based: answers of models, tool calls, handoffs and messages count. */
  readonly place: number;
  readonly seq: number;
  readonly atMs: number;
  /** What the step's agent had been billed, this step included. */
  readonly agentTokens: number;
}

export interface Step extends StepPlace {
  readonly agent: string;
  readonly kind: 'said' | 'used' | 'handed';
  /** How many steps of this agent there were, this one included. */
  readonly turn: number;
  /** The assignment that it is part of; empty where there are none. */
  readonly scope: string;
  readonly tool: string | null;
  /** `from->to` */
  readonly edge: string | null;
  /** What was done: equal for the same deed, whatever noise is in it. */
  readonly deed: string;
  /** The same without what it was done with: a walk over a list has the same manner. Null: no such thing. */
  readonly manner: string | null;
  readonly print: TextPrint;
  /** What came of it; null where nothing can be known. */
  readonly result: TextPrint | null;
  /** It came of a tool that failed. */
  readonly failed: boolean;
  /** Rejected by a gate so often before: work that comes back. */
  readonly rejections: number;
}
