// A step: one thing that a production trace tells of, in no format's dialect.
import type { Json, JsonObject } from '../base/json.ts';
import type { FinishReason, Message, ToolCall, ToolOffer } from '../team/ask.ts';
import type { Usage } from '../team/usage.ts';

/** Where a step stands. What the format does not tell is null: nothing is made up. */
export interface StepPlace {
  /** Which run of the file it is part of; several runs become several traces. Empty where a file holds one run. */
  readonly run: string;
  /** Unique within the run; null where the format has no ids. */
  readonly id: string | null;
  readonly parent: string | null;
  /** Null: the agent of the nearest ancestor that names one. */
  readonly agent: string | null;
  /** Milliseconds since the Unix epoch. */
  readonly startMs: number | null;
  readonly endMs: number | null;
  /** Line or JSON pointer in the file, for messages: `line 12`, `/observations/3`. */
  readonly place: string;
}

/** What an agent's model said. `text` holds all of it that is words. */
export interface Said {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: FinishReason | null;
  readonly refusal: string | null;
  readonly reasoning: string | null;
}

export type StepBody =
  /** A call to a model. `input` null: content was not captured. */
  | {
      readonly kind: 'model';
      readonly model: string | null;
      readonly input: readonly Message[] | null;
      readonly offers: readonly ToolOffer[];
      readonly said: Said | null;
      readonly usage: Usage | null;
      readonly error: string | null;
    }
  /** A tool that ran. `callId` joins it with the model's request for it. */
  | {
      readonly kind: 'tool';
      readonly tool: string;
      readonly callId: string | null;
      readonly arguments: JsonObject;
      readonly result: Json | null;
      readonly error: string | null;
    }
  /** An agent at work: what happens below it is its own. No event of the trace by itself. */
  | { readonly kind: 'agent' }
  | {
      readonly kind: 'handoff';
      readonly from: string | null;
      readonly to: string;
      readonly payload: JsonObject;
    }
  /** Somebody who is no model and no tool speaks. */
  | {
      readonly kind: 'message';
      readonly role: 'user' | 'environment' | 'system';
      readonly to: string | null;
      readonly content: string;
    }
  /** The run waits for a person. */
  | {
      readonly kind: 'approval';
      readonly name: string;
      readonly decision: 'approve' | 'reject' | null;
    };

export type Step = StepPlace & StepBody;
