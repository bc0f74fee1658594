// The vocabulary of a trace: crossings, the steward's decisions, chaos, and the harness's own findings.
import type { Json, JsonObject } from '../base/json.ts';
import type { FinishReason, ToolCall } from '../team/ask.ts';
import type { Effect } from '../team/tool.ts';
import type { Usage } from '../team/usage.ts';
import type { Note } from '../steward/note.ts';

/**
 * A touch of the world. `call` joins a call with its answer: the command id for a steward's team, a running number for
 * a team that is not ours. `null` stands where a black-box team does not tell.
 */
export type CrossingBody =
  | {
      readonly kind: 'model.called';
      readonly call: string;
      readonly agent: string;
      readonly version: number | null;
      readonly model: string;
      readonly assignment: string | null;
      readonly turn: number;
      readonly attempt: number;
      readonly key: string;
      readonly contextVersion: number | null;
      /** The part of the mission context that the agent was shown. */
      readonly slice: JsonObject | null;
      /** What the agent was told about its earlier tries. */
      readonly feedback: readonly string[] | null;
      readonly epoch: number;
    }
  | {
      readonly kind: 'model.answered';
      readonly call: string;
      readonly agent: string;
      readonly content: string;
      readonly toolCalls: readonly ToolCall[];
      readonly finishReason: FinishReason;
      readonly usage: Usage;
      /** Set where nobody told what the call was billed: `usage` is then zero, and says nothing. */
      readonly usageUnknown?: true;
    }
  | {
      readonly kind: 'model.failed';
      readonly call: string;
      readonly agent: string;
      readonly reason: string;
      readonly status: number | null;
      readonly message: string;
    }
  | {
      readonly kind: 'tool.called';
      readonly call: string;
      readonly agent: string;
      readonly version: number | null;
      readonly assignment: string | null;
      readonly tool: string;
      readonly arguments: JsonObject;
      readonly effect: Effect | null;
      readonly attempt: number;
      readonly key: string;
      readonly scope: string | null;
      readonly credential: string | null;
      readonly approval: string | null;
      readonly contextVersion: number | null;
      readonly epoch: number;
    }
  /** The world really did it: one event for each time the effect took place. */
  | {
      readonly kind: 'tool.applied';
      readonly tool: string;
      readonly key: string;
      readonly effect: Effect | null;
      readonly arguments: JsonObject;
    }
  | {
      readonly kind: 'tool.returned';
      readonly call: string;
      readonly agent: string;
      readonly tool: string;
      readonly result: Json;
    }
  | {
      readonly kind: 'tool.failed';
      readonly call: string;
      readonly agent: string;
      readonly tool: string;
      readonly message: string;
    }
  /** The tool was asked whether a key took effect. */
  | {
      readonly kind: 'tool.probed';
      readonly call: string;
      readonly agent: string;
      readonly tool: string;
      readonly key: string;
    }
  | {
      readonly kind: 'gate.called';
      readonly call: string;
      readonly agent: string;
      readonly assignment: string | null;
      readonly rework: number;
      readonly gates: readonly string[];
    }
  | { readonly kind: 'gate.answered'; readonly call: string; readonly passed: boolean }
  | {
      readonly kind: 'handoff.sent';
      readonly call: string;
      readonly handoff: string;
      readonly from: string;
      readonly to: string;
      readonly attempt: number;
      readonly payload: JsonObject;
      readonly confidence: number | null;
      readonly contextVersion: number | null;
      readonly tokens: number;
    }
  | {
      readonly kind: 'handoff.received';
      readonly handoff: string;
      readonly from: string;
      readonly to: string;
      readonly payload: JsonObject;
    }
  | {
      readonly kind: 'handoff.rejected';
      readonly handoff: string;
      readonly from: string;
      readonly to: string;
      readonly message: string;
    }
  /** Somebody who is no model and no named tool speaks: a person with a task, an environment with an observation. */
  | {
      readonly kind: 'message.said';
      readonly agent: string;
      /** Null: to nobody in particular. */
      readonly to: string | null;
      readonly role: 'user' | 'environment' | 'system';
      readonly content: string;
    }
  | { readonly kind: 'approval.asked'; readonly call: string; readonly agent: string; readonly name: string }
  | {
      readonly kind: 'approval.answered';
      readonly call: string;
      readonly approver: string;
      readonly decision: 'approve' | 'reject';
    };

/** What chaos did. `injection` is the 0-based place in the plan; `crossing` is `layer/phase/subject#ordinal`. */
export type ChaosBody =
  | {
      readonly kind: 'fault.armed';
      readonly injection: number;
      readonly fault: string;
      readonly crossing: string;
    }
  | {
      readonly kind: 'fault.fired';
      readonly injection: number;
      readonly fault: string;
      readonly crossing: string;
      readonly agent: string | null;
      readonly delayMs: number;
    }
  | {
      readonly kind: 'fault.witnessed';
      readonly injection: number;
      readonly fault: string;
      readonly crossing: string;
    }
  | { readonly kind: 'crashed'; readonly point: string; readonly epoch: number };

/** What the driver checked while the run went on, and how the run stopped. */
export type HarnessBody =
  /** An invariant that only the driver can see; `held` is false at the moment it broke. */
  | {
      readonly kind: 'finding';
      readonly invariant: string;
      readonly held: boolean;
      readonly detail: string;
      readonly times: number;
    }
  /** A model call that no rule, or several, said whose it is. `prompt`: how its system prompt begins. */
  | {
      readonly kind: 'attribution.doubted';
      readonly call: string;
      /** Every agent whose rules fit; the call counts as the first one's. */
      readonly fits: readonly string[];
      readonly prompt: string;
    }
  /** A call to a playback that is another one than was recorded, or that nothing was recorded for. */
  | {
      readonly kind: 'playback.diverged';
      readonly call: string;
      readonly agent: string;
      readonly turn: number;
      /** What differs, in one line. */
      readonly what: string;
    }
  /** `ended`: the mission ended; `stalled`: nothing more could happen; the other two are the harness's bounds. */
  | {
      readonly kind: 'run.stopped';
      readonly why: 'ended' | 'stalled' | 'eventsMax' | 'horizon' | 'error';
      readonly detail: string;
      readonly pending: number;
      readonly live: number | null;
    };

export type TraceBody = Note | CrossingBody | ChaosBody | HarnessBody;

interface Stamp {
  /** 1-based, without gaps. */
  readonly seq: number;
  readonly atMs: number;
  /** `seq` of the event that brought this one about; 0 for those from outside. */
  readonly cause: number;
}

export type TraceEvent = TraceBody & Stamp;

/** The event of one kind. */
export type TraceEventOf<K extends TraceBody['kind']> = Extract<TraceEvent, { readonly kind: K }>;
