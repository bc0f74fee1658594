// Notes: what the steward decided in one step. They are the audit trail's lines and become trace events.
import type { JsonObject } from '../base/json.ts';
import type { MissionEnd } from '../team/mission.ts';

/** A budget's books after a change; `agent` is `*` for the mission's own budget. Tokens and micro-dollars. */
export interface BudgetBooks {
  readonly agent: string;
  readonly tokensSpent: number;
  readonly tokensReserved: number;
  readonly tokensPresumed: number;
  readonly tokensMax: number;
  readonly costMicros: number;
  readonly costMicrosMax: number;
}

/** What the guard counts itself: `repeat`, `exchange`, `rework`, `waitingRing`; the others it is told of. */
export type LoopKind = 'repeat' | 'retry' | 'exchange' | 'rework' | 'waitingRing' | 'rewording' | 'restart';

export type Note =
  | {
      readonly kind: 'mission.started';
      readonly mission: string;
      readonly team: string;
      readonly pins: Readonly<Record<string, number>>;
    }
  | {
      readonly kind: 'mission.ended';
      readonly end: MissionEnd;
      readonly reason: string;
      readonly contextVersion: number;
      readonly context: JsonObject;
    }
  | {
      readonly kind: 'agent.started';
      readonly agent: string;
      readonly version: number;
      readonly assignment: string;
      readonly visit: number;
    }
  | {
      readonly kind: 'agent.finished';
      readonly agent: string;
      readonly assignment: string;
      readonly outcome: 'done' | 'failed' | 'escalated' | 'superseded';
      readonly confidence: number | null;
      readonly tokens: number;
    }
  | { readonly kind: 'outside.accepted'; readonly event: string }
  | { readonly kind: 'answer.accepted'; readonly command: string; readonly event: string }
  | {
      readonly kind: 'event.ignored';
      readonly event: string;
      readonly why: 'late' | 'duplicate' | 'oldEpoch' | 'ended' | 'notStarted';
      readonly command: string | null;
    }
  | {
      readonly kind: 'context.read';
      readonly agent: string;
      readonly assignment: string;
      readonly version: number;
      readonly keys: readonly string[];
    }
  | {
      readonly kind: 'context.committed';
      readonly agent: string;
      readonly assignment: string;
      readonly base: number;
      readonly version: number;
      readonly patch: JsonObject;
    }
  | {
      readonly kind: 'context.conflicted';
      readonly agent: string;
      readonly assignment: string;
      readonly base: number;
      readonly version: number;
      readonly keys: readonly string[];
    }
  | { readonly kind: 'fact.kept'; readonly tool: string; readonly fact: string; readonly agent: string }
  | {
      readonly kind: 'fact.served';
      readonly tool: string;
      readonly fact: string;
      readonly agent: string;
      readonly foundBy: string;
    }
  | {
      readonly kind: 'gate.passed';
      readonly agent: string;
      readonly assignment: string;
      readonly rework: number;
      readonly gates: readonly string[];
    }
  | {
      readonly kind: 'gate.rejected';
      readonly agent: string;
      readonly assignment: string;
      readonly rework: number;
      readonly feedback: readonly string[];
    }
  | {
      readonly kind: 'rework.requested';
      readonly agent: string;
      readonly assignment: string;
      readonly rework: number;
      readonly feedback: readonly string[];
    }
  | {
      readonly kind: 'retry.scheduled';
      readonly agent: string;
      readonly what: 'model' | 'tool' | 'handoff' | 'gate';
      readonly attempt: number;
      readonly waitMs: number;
    }
  | {
      readonly kind: 'approval.requested';
      readonly agent: string;
      readonly request: string;
      readonly name: string;
      readonly contextVersion: number;
      readonly fingerprint: string;
      readonly approvers: readonly string[];
      readonly expiresAtMs: number;
    }
  | {
      readonly kind: 'approval.decided';
      readonly request: string;
      readonly decision: 'approve' | 'reject';
      readonly approver: string;
      readonly contextVersion: number;
      readonly fingerprint: string;
    }
  | {
      readonly kind: 'approval.refused';
      readonly request: string;
      readonly approver: string;
      readonly why: 'approver' | 'version' | 'fingerprint' | 'expired';
    }
  | { readonly kind: 'approval.expired'; readonly request: string; readonly agent: string }
  | {
      readonly kind: 'approval.outdated';
      readonly request: string;
      readonly agent: string;
      readonly boundTo: number;
      readonly version: number;
    }
  | ({ readonly kind: 'budget.reserved'; readonly command: string; readonly tokens: number } & BudgetBooks)
  | ({ readonly kind: 'budget.settled'; readonly command: string; readonly tokens: number } & BudgetBooks)
  | ({ readonly kind: 'budget.presumed'; readonly command: string; readonly tokens: number } & BudgetBooks)
  | ({ readonly kind: 'budget.alerted' } & BudgetBooks)
  | ({ readonly kind: 'budget.breached'; readonly wanted: number } & BudgetBooks)
  | {
      readonly kind: 'credential.granted';
      readonly credential: string;
      readonly agent: string;
      readonly scopes: readonly string[];
    }
  | { readonly kind: 'credential.revoked'; readonly credential: string; readonly agent: string }
  | {
      readonly kind: 'credential.refused';
      readonly agent: string;
      readonly tool: string;
      readonly scope: string;
    }
  | { readonly kind: 'escalated'; readonly agent: string; readonly to: string; readonly reason: string }
  | {
      readonly kind: 'loop.alarmed';
      readonly agent: string;
      readonly loop: LoopKind;
      readonly repetitions: number;
      readonly action: 'break' | 'escalate';
    }
  | { readonly kind: 'tool.inDoubt'; readonly agent: string; readonly tool: string; readonly key: string }
  | { readonly kind: 'agent.pinned'; readonly agent: string; readonly version: number }
  | { readonly kind: 'resumed'; readonly epoch: number };
