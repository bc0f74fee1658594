// Events: what came back from the world, and what people and systems outside decided.
import type { Json, JsonObject } from '../base/json.ts';
import type { AgentDefinition } from '../team/agent.ts';
import type { Answer, ModelFailure, Reply } from '../team/ask.ts';
import type { BudgetDefinition } from '../team/budget.ts';
import type { TeamDefinition } from '../team/definition.ts';
import type { Handoff } from '../team/handoff.ts';
import type { Mission } from '../team/mission.ts';
import type { LoopKind } from './note.ts';

interface Happened {
  /** Milliseconds; the only clock that the core knows. */
  readonly atMs: number;
}

/** Answers name the command they answer and the epoch in which it was dispatched. */
interface Answered extends Happened {
  readonly command: string;
  readonly epoch: number;
}

export interface GateFeedback {
  readonly gate: string;
  readonly feedback: string;
}

export interface ToolProblem {
  readonly message: string;
  readonly retryable: boolean;
  /** Whether the effect took place, as far as the caller can know. */
  readonly applied: 'no' | 'unknown';
}

export type AnswerEvent =
  | (Answered & { readonly kind: 'model.answered'; readonly answer: Answer })
  | (Answered & { readonly kind: 'model.failed'; readonly failure: ModelFailure })
  | (Answered & { readonly kind: 'tool.returned'; readonly result: Json })
  | (Answered & { readonly kind: 'tool.failed'; readonly problem: ToolProblem })
  | (Answered & {
      readonly kind: 'tool.probed';
      readonly found: 'applied' | 'absent' | 'unknown';
      readonly result: Json;
    })
  | (Answered & {
      readonly kind: 'gate.checked';
      readonly passed: boolean;
      /** The parsed output; null when the content could not be read as the agent's schema. */
      readonly reply: Reply | null;
      readonly feedback: readonly GateFeedback[];
    })
  | (Answered & { readonly kind: 'gate.failed'; readonly message: string })
  | (Answered & { readonly kind: 'handoff.delivered'; readonly to: string; readonly handoff: Handoff })
  | (Answered & {
      readonly kind: 'handoff.failed';
      readonly how: 'error' | 'refused' | 'bounced';
      readonly message: string;
    })
  | (Answered & {
      readonly kind: 'approval.decided';
      readonly decision: 'approve' | 'reject';
      readonly approver: string;
      readonly contextVersion: number;
      readonly fingerprint: string;
    })
  | (Answered & { readonly kind: 'approval.failed'; readonly message: string })
  | (Answered & { readonly kind: 'timer.fired' })
  | (Answered & { readonly kind: 'credential.granted' })
  | (Answered & { readonly kind: 'credential.revoked' })
  | (Answered & { readonly kind: 'notified' });

export type OutsideEvent =
  | (Happened & {
      readonly kind: 'mission.started';
      readonly mission: Mission;
      readonly team: TeamDefinition;
    })
  | (Happened & {
      readonly kind: 'context.edited';
      readonly by: string;
      readonly patch: JsonObject;
    })
  | (Happened & { readonly kind: 'budget.changed'; readonly budget: BudgetDefinition })
  | (Happened & { readonly kind: 'cancelled'; readonly by: string; readonly reason: string })
  | (Happened & { readonly kind: 'paused'; readonly by: string })
  | (Happened & { readonly kind: 'resumed'; readonly by: string })
  | (Happened & {
      readonly kind: 'agent.published';
      readonly definition: AgentDefinition;
      /** `next` leaves running missions at their pinned version; `now` repins them. */
      readonly adopt: 'next' | 'now';
    })
  | (Happened & {
      readonly kind: 'agent.rolledBack';
      readonly agent: string;
      readonly version: number;
      readonly adopt: 'next' | 'now';
    })
  | (Happened & { readonly kind: 'credential.withdrawn'; readonly agent: string; readonly reason: string })
  | (Happened & {
      /** Whoever watches the run saw agents go round to no effect. */
      readonly kind: 'loop.detected';
      readonly loop: LoopKind;
      readonly agents: readonly string[];
      readonly tools: readonly string[];
      readonly repetitions: number;
      /** Why it is called a loop, in one sentence. */
      readonly reason: string;
    })
  | (Happened & { readonly kind: 'recovered'; readonly epoch: number });

export type StewardEvent = AnswerEvent | OutsideEvent;

/** Reads the member, which on events of many shapes costs a fraction of `in`. */
export function isAnswer(event: StewardEvent): event is AnswerEvent {
  return (event as Partial<AnswerEvent>).command !== undefined;
}
