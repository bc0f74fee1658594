// A crossing: one touch of the world. Injection, coverage, replay and shrinking all key on it.

export type CrossingLayer = 'llm' | 'tool' | 'gate' | 'handoff' | 'approval' | 'process';

/**
 * `request`: before the world is touched; a fault here answers in its place, so nothing scripted is used up and no
 * effect takes place. `reply`: after the world has answered; a fault here bends the answer.
 */
export type CrossingPhase = 'request' | 'reply';

export interface Crossing {
  readonly layer: CrossingLayer;
  readonly phase: CrossingPhase;
  /** The agent that acts; for a handoff, the sender; for the process, `steward`. */
  readonly agent: string;
  /** Model, tool, gate list, edge (`from->to`), approval, or the event that is being stepped. */
  readonly subject: string;
  /** 1-based count of crossings of this layer and phase in the run. */
  readonly ordinal: number;
  /** Milliseconds since the Unix epoch, virtual in a simulation. */
  readonly atMs: number;
  /** Milliseconds since the mission started. */
  readonly elapsedMs: number;
  /** 1-based: retries of the same call count up. */
  readonly attempt: number;
  /** How the answer of a model is to come over a wire; absent where there is none. */
  readonly form?: 'plain' | 'stream';
}

/** `llm/reply/gpt-4o#3`: the crossing as a trace and a report name it. */
export function crossingName(crossing: Crossing): string {
  return `${crossing.layer}/${crossing.phase}/${crossing.agent}/${crossing.subject}#${crossing.ordinal}`;
}
