// Doubles: what answers in place of a model provider, a tool or a person. Functions of their input and a seeded stream.
import type { Json, JsonObject } from '../base/json.ts';
import type { Random } from '../base/random.ts';
import type { Answer, Ask } from '../team/ask.ts';

/** The request on the wire behind an ask, for a double that looks at it or passes it on. Any `Headers` will do. */
export interface ModelRequest {
  readonly method: string;
  /** Follows the provider's base URL, as `/chat/completions`. */
  readonly path: string;
  /** With its question mark; empty when there is none. */
  readonly query: string;
  readonly headers: { get(name: string): string | null };
  /** The body as it came. */
  readonly text: string;
  /** Secrets of the call that it does not show, to be kept as little as those that it does. */
  readonly secrets?: readonly string[];
}

/**
 * Answers a model call. `random` is the stream named by (seed, agent, turn): the order in which calls arrive does not
 * change it, and neither does a retry, so that a crashed run and its fault-free twin can be compared.
 */
export interface ModelDouble {
  readonly name: string;
  /**
   * `request` is there where the call came over HTTP. A thrown `FailedCall` says that the provider failed, a
   * `SpoiltCall` how else the answer comes to grief.
   */
  answer(ask: Ask, random: Random, request?: ModelRequest): Answer | Promise<Answer>;
  /** Of a double that plays a recording back: what differs between this ask and the recorded one; null: nothing known. */
  divergence?(ask: Ask, request?: ModelRequest): string | null;
  /** The answer to this ask never came to the caller whole: what it used up may be given again. */
  missed?(ask: Ask): void;
  /** A double that remembers what it has said gives each run one that has said nothing yet. */
  begin?(): ModelDouble;
}

/** The double as one run is to have it. */
export function begun(double: ModelDouble): ModelDouble {
  return double.begin?.() ?? double;
}

export interface ToolCallRequest {
  readonly agent: string;
  readonly tool: string;
  readonly arguments: JsonObject;
  readonly key: string;
  readonly atMs: number;
  readonly random: Random;
  /** What the tools of one run remember: a stand-in for the systems behind them. It outlives a crash. */
  readonly store: Map<string, Json>;
}

/** Runs a tool. A thrown error is the tool's failure, as data. */
export type ToolDouble = (request: ToolCallRequest) => Json | Promise<Json>;

export interface HumanQuestion {
  readonly agent: string;
  readonly name: string;
  readonly approvers: readonly string[];
  readonly summary: JsonObject;
  readonly random: Random;
}

export interface HumanAnswer {
  readonly decision: 'approve' | 'reject';
  readonly approver: string;
  readonly afterMs: number;
}

/** Answers for a person; null when this person never answers. */
export type HumanDouble = (question: HumanQuestion) => HumanAnswer | null;

/** How long things take when nothing is wrong: bounds of a uniform draw, in milliseconds. */
export interface Pace {
  readonly modelMs: readonly [number, number];
  readonly toolMs: readonly [number, number];
  readonly handoffMs: readonly [number, number];
}

export const everydayPace: Pace = { modelMs: [600, 2400], toolMs: [60, 420], handoffMs: [5, 40] };

/** All that stands in for the world in one run. */
export interface Doubles {
  readonly model: ModelDouble;
  readonly tools: Readonly<Record<string, ToolDouble>>;
  readonly human: HumanDouble;
  readonly pace: Pace;
}
