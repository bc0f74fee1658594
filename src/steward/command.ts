// Commands: what the steward asks the world to do. Each one is a crossing and stays pending until it is answered.
import type { JsonObject } from '../base/json.ts';
import type { ToolCall, ToolExchange } from '../team/ask.ts';
import type { Effect } from '../team/tool.ts';
import type { Handoff } from '../team/handoff.ts';
import type { MissionEnd } from '../team/mission.ts';

/** What an agent works from: its input, its slice of the context, feedback on earlier tries, tools used so far. */
export interface Brief {
  readonly input: JsonObject;
  readonly slice: JsonObject;
  readonly feedback: readonly string[];
  readonly exchanges: readonly ToolExchange[];
}

/** Every command has an id of its own; `epoch` fences commands of a steward that has since been replaced. */
interface Issued {
  readonly id: string;
  readonly epoch: number;
}

export interface ModelAsk extends Issued {
  readonly kind: 'model.ask';
  readonly agent: string;
  readonly version: number;
  readonly model: string;
  readonly assignment: string;
  readonly turn: number;
  readonly attempt: number;
  /** Idempotency key: one agent, version, assignment, rework, turn and attempt. */
  readonly key: string;
  readonly contextVersion: number;
  readonly brief: Brief;
  readonly tokensReserved: number;
}

export interface ToolUse extends Issued {
  readonly kind: 'tool.use';
  readonly agent: string;
  readonly version: number;
  readonly assignment: string;
  readonly call: ToolCall;
  readonly effect: Effect;
  readonly attempt: number;
  /** Idempotency key: one agent, tool and arguments, for reads also one version and assignment; attempts share it. */
  readonly key: string;
  readonly credential: string;
  readonly scope: string;
  readonly contextVersion: number;
  /** The approval that released this call; null for tools that need none. */
  readonly approval: string | null;
}

export interface ToolProbe extends Issued {
  readonly kind: 'tool.probe';
  readonly agent: string;
  readonly assignment: string;
  readonly tool: string;
  readonly key: string;
}

export interface GateCheck extends Issued {
  readonly kind: 'gate.check';
  readonly agent: string;
  readonly version: number;
  readonly assignment: string;
  readonly rework: number;
  readonly attempt: number;
  readonly gates: readonly string[];
  readonly content: string;
  readonly brief: Brief;
}

export interface HandoffDeliver extends Issued {
  readonly kind: 'handoff.deliver';
  readonly handoff: Handoff;
  readonly attempt: number;
}

/** `subject` says what is decided: an action (a tool call) or an output below its confidence threshold. */
export interface ApprovalRequest extends Issued {
  readonly kind: 'approval.request';
  readonly agent: string;
  readonly assignment: string;
  readonly subject: 'action' | 'output';
  readonly name: string;
  readonly approvers: readonly string[];
  readonly expiresAtMs: number;
  /** The decision holds for this context version and this fingerprint of the action alone. */
  readonly contextVersion: number;
  readonly fingerprint: string;
  readonly summary: JsonObject;
}

export interface TimerStart extends Issued {
  readonly kind: 'timer.start';
  readonly purpose: TimerPurpose;
  /** The command, assignment or mission that the timer watches. */
  readonly watches: string;
  readonly atMs: number;
  /** The time from its start to `atMs`, so that a watch can begin anew when what it watches does. */
  readonly waitMs: number;
}

export type TimerPurpose =
  | 'modelTimeout'
  | 'toolTimeout'
  | 'handoffTimeout'
  | 'gateTimeout'
  | 'approvalExpiry'
  | 'missionDeadline'
  /** Watches `<assignment>/deadline`. */
  | 'agentDeadline'
  /** Watches an assignment. */
  | 'modelRetry'
  /** Watches `<assignment>/<command of the failed call>`. */
  | 'toolRetry'
  /** Watches `<handoff>/<attempt>`. */
  | 'handoffRetry';

export interface TimerCancel {
  readonly kind: 'timer.cancel';
  readonly id: string;
}

export interface CredentialGrant extends Issued {
  readonly kind: 'credential.grant';
  readonly credential: string;
  readonly agent: string;
  readonly assignment: string;
  readonly scopes: readonly string[];
}

export interface CredentialRevoke extends Issued {
  readonly kind: 'credential.revoke';
  readonly credential: string;
}

export interface Notify extends Issued {
  readonly kind: 'notify';
  readonly to: string;
  readonly about: 'budgetAlert' | 'escalation' | 'inDoubt' | 'loop';
  readonly text: string;
}

/** Stops waiting for a command: its answer, should one come, is late. */
export interface RunCancel {
  readonly kind: 'run.cancel';
  readonly id: string;
}

export interface Finish {
  readonly kind: 'finish';
  readonly end: MissionEnd;
  readonly reason: string;
}

/** Commands that are answered by an event, and so are obligations until then. */
export type Obligation =
  | ModelAsk
  | ToolUse
  | ToolProbe
  | GateCheck
  | HandoffDeliver
  | ApprovalRequest
  | TimerStart
  | CredentialGrant
  | CredentialRevoke
  | Notify;

export type Command = Obligation | TimerCancel | RunCancel | Finish;

export function isObligation(command: Command): command is Obligation {
  return (command as Partial<Obligation>).epoch !== undefined;
}
