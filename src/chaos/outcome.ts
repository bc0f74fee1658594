// Outcomes: what can come back of a crossing, in no provider's dialect. Faults bend them, edges carry them out.
import type { Json } from '../base/json.ts';
import type { Answer, ModelFailure } from '../team/ask.ts';
import type { Handoff } from '../team/handoff.ts';
import type { Usage } from '../team/usage.ts';
import type { OutsideEvent } from '../steward/event.ts';

/** What happens to the bytes of an answer on their way. `share`: where in the answer, from 0 to 1. */
export type Mishap =
  | { readonly kind: 'none' }
  /** Cut into writes of so many bytes, wherever characters and events end. */
  | { readonly kind: 'rechunked'; readonly bytes: number; readonly gapMs: number }
  /** Cut in the middle of every character of several bytes. */
  | { readonly kind: 'splitCharacters'; readonly gapMs: number }
  /** Cut in the middle of the name of every field of an event (`da`, `ta: …`). */
  | { readonly kind: 'splitFields'; readonly gapMs: number }
  /** An event comes twice. */
  | { readonly kind: 'duplicated'; readonly share: number }
  /** An event changes places with the one before it. */
  | { readonly kind: 'reordered'; readonly share: number }
  /** An event, or the body, is no JSON any more; or no event at all. */
  | { readonly kind: 'malformed'; readonly share: number; readonly how: 'json' | 'sse' };

/**
 * How an answer travels. `latencyMs` until the headers, then `firstTokenMs`, then `chunkGapMs` between chunks.
 * A caller that does not stream gets it whole after all of these.
 */
export interface Delivery {
  readonly latencyMs: number;
  readonly firstTokenMs: number;
  readonly chunkGapMs: number;
  readonly end:
    | { readonly kind: 'complete' }
    /** Only the first share (0 to 1) of the content arrives. `clean`: the stream closes as if it were whole. */
    | { readonly kind: 'cut'; readonly share: number; readonly clean: boolean }
    /** The share arrives, and then nothing, and the stream stays open. */
    | { readonly kind: 'hang'; readonly share: number }
    /** The share arrives, and then an error, though the status said that all is well. */
    | { readonly kind: 'failed'; readonly share: number; readonly failure: ModelFailure };
  /** Characters in one chunk; absent: the usual size (`delivery.ts`). */
  readonly chunkChars?: number;
  /** The connection stays open so long after the last chunk; absent: it closes at once. */
  readonly closeAfterMs?: number;
  /** Absent: the answer does not travel as bytes, and none of them can come to grief. */
  readonly mishap?: Mishap;
  /** What is said of the tokens; absent: what they were. */
  readonly toldUsage?: 'untold';
}

export type ModelOutcome =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly delivery: Delivery }
  | {
      readonly kind: 'failed';
      readonly failure: ModelFailure;
      readonly afterMs: number;
      /** Response headers that the provider would send. */
      readonly headers: Readonly<Record<string, string>>;
      /** Sent instead of the provider's error envelope, as a proxy in between does; its type is in `headers`. */
      readonly rawBody?: string;
      /** What was billed although no answer came. */
      readonly billed: Usage | null;
    }
  /** Never settles. */
  | { readonly kind: 'silent'; readonly billed: Usage | null };

export type ToolOutcome =
  | { readonly kind: 'returned'; readonly result: Json; readonly afterMs: number }
  | {
      readonly kind: 'failed';
      readonly message: string;
      /** HTTP status where the tool is an HTTP service; 0 for an exception or a broken connection. */
      readonly status: number;
      readonly retryable: boolean;
      readonly applied: 'no' | 'unknown';
      readonly afterMs: number;
    }
  | { readonly kind: 'silent' };

export type HandoffOutcome =
  | {
      readonly kind: 'delivered';
      readonly to: string;
      readonly handoff: Handoff;
      readonly afterMs: number;
      /** Further copies of the same envelope, each so many milliseconds after the first. */
      readonly copiesAfterMs: readonly number[];
    }
  | {
      readonly kind: 'failed';
      readonly how: 'error' | 'refused' | 'bounced';
      readonly message: string;
      readonly afterMs: number;
    }
  | { readonly kind: 'lost' };

export type GateOutcome =
  | {
      readonly kind: 'checked';
      readonly passed: boolean;
      readonly feedback: readonly { readonly gate: string; readonly feedback: string }[];
      readonly afterMs: number;
    }
  | { readonly kind: 'failed'; readonly message: string; readonly afterMs: number }
  | { readonly kind: 'silent' };

export type ApprovalOutcome =
  | {
      readonly kind: 'decided';
      readonly decision: 'approve' | 'reject';
      readonly approver: string;
      readonly afterMs: number;
    }
  | { readonly kind: 'failed'; readonly message: string; readonly afterMs: number }
  /** Nobody answers. */
  | { readonly kind: 'silent' };

/**
 * A step of the steward's own process. Crash points: `beforeAppend` P0, `afterAppend` P1, `betweenDispatches` P2,
 * `afterEffect` P3, `resultReceived` P4 (the result was in hand and is lost), `duringRecovery` P7.
 */
export type CrashPoint =
  | 'beforeAppend'
  | 'afterAppend'
  | 'betweenDispatches'
  | 'afterEffect'
  | 'resultReceived'
  | 'duringRecovery';

export type ProcessOutcome =
  | { readonly kind: 'running' }
  /** `times`: 1 for a single crash; more means that the process dies again right after it came up. */
  | { readonly kind: 'crashed'; readonly point: CrashPoint; readonly downMs: number; readonly times: number }
  /** Events put into the mailbox: an edit, a budget change, a cancellation that nobody in the team expects. */
  | {
      readonly kind: 'mail';
      readonly events: readonly { readonly afterMs: number; readonly event: OutsideEvent }[];
    };

export interface OutcomeByLayer {
  readonly llm: ModelOutcome;
  readonly tool: ToolOutcome;
  readonly gate: GateOutcome;
  readonly handoff: HandoffOutcome;
  readonly approval: ApprovalOutcome;
  readonly process: ProcessOutcome;
}

export const completeDelivery: Delivery = {
  latencyMs: 0,
  firstTokenMs: 0,
  chunkGapMs: 0,
  end: { kind: 'complete' },
};
