// The catalogue: every kind of fault that can be injected, in the order of the public table of faults.
import { z } from 'zod';
import type { JsonObject } from '../base/json.ts';
import type { CrossingLayer, CrossingPhase } from './crossing.ts';
import type { Fault, FaultFamily } from './fault.ts';
import { approvalAbsent } from './faults/approval-absent.ts';
import { approvalForceVerdict } from './faults/approval-force-verdict.ts';
import { approvalNever } from './faults/approval-never.ts';
import { approvalOutage } from './faults/approval-outage.ts';
import { approvalTimeout } from './faults/approval-timeout.ts';
import { approvalWrongApprover } from './faults/approval-wrong-approver.ts';
import { contentCorrupt } from './faults/content-corrupt.ts';
import { contentEmpty } from './faults/content-empty.ts';
import { contentLoop } from './faults/content-loop.ts';
import { contentMalformedJson } from './faults/content-malformed-json.ts';
import { contentNeverDone } from './faults/content-never-done.ts';
import { contentPrematureDone } from './faults/content-premature-done.ts';
import { contentRefusal } from './faults/content-refusal.ts';
import { contentTruncate } from './faults/content-truncate.ts';
import { crashKill } from './faults/crash-kill.ts';
import { crashLoop } from './faults/crash-loop.ts';
import { credRevoked } from './faults/cred-revoked.ts';
import { gateAlwaysReject } from './faults/gate-always-reject.ts';
import { gateFlapping } from './faults/gate-flapping.ts';
import { gateOutage } from './faults/gate-outage.ts';
import { gateRubberStamp } from './faults/gate-rubber-stamp.ts';
import { handoffBounce } from './faults/handoff-bounce.ts';
import { handoffDelay } from './faults/handoff-delay.ts';
import { handoffDrop } from './faults/handoff-drop.ts';
import { handoffDuplicate } from './faults/handoff-duplicate.ts';
import { handoffError } from './faults/handoff-error.ts';
import { handoffMisroute } from './faults/handoff-misroute.ts';
import { handoffRejectDelegation } from './faults/handoff-reject-delegation.ts';
import { handoffReorder } from './faults/handoff-reorder.ts';
import { handoffReplay } from './faults/handoff-replay.ts';
import { handoffTimeout } from './faults/handoff-timeout.ts';
import { llmAuthError } from './faults/llm-auth-error.ts';
import { llmBandwidth } from './faults/llm-bandwidth.ts';
import { llmContentFilter } from './faults/llm-content-filter.ts';
import { llmContextLengthError } from './faults/llm-context-length-error.ts';
import { llmDrop } from './faults/llm-drop.ts';
import { llmHang } from './faults/llm-hang.ts';
import { llmLatency } from './faults/llm-latency.ts';
import { llmLimitData } from './faults/llm-limit-data.ts';
import { llmLostResponse } from './faults/llm-lost-response.ts';
import { llmPartition } from './faults/llm-partition.ts';
import { llmRateLimit } from './faults/llm-rate-limit.ts';
import { llmRefused } from './faults/llm-refused.ts';
import { llmReplayedResponse } from './faults/llm-replayed-response.ts';
import { llmReset } from './faults/llm-reset.ts';
import { llmServerError } from './faults/llm-server-error.ts';
import { llmSlice } from './faults/llm-slice.ts';
import { llmSlowClose } from './faults/llm-slow-close.ts';
import { llmTimeout } from './faults/llm-timeout.ts';
import { llmUsageMissing } from './faults/llm-usage-missing.ts';
import { llmUsageWrong } from './faults/llm-usage-wrong.ts';
import { operatorIntervene } from './faults/operator-intervene.ts';
import { streamCut } from './faults/stream-cut.ts';
import { streamDuplicate } from './faults/stream-duplicate.ts';
import { streamErrorAfter200 } from './faults/stream-error-after-200.ts';
import { streamHang } from './faults/stream-hang.ts';
import { streamMissingFinish } from './faults/stream-missing-finish.ts';
import { streamRechunk } from './faults/stream-rechunk.ts';
import { streamReorder } from './faults/stream-reorder.ts';
import { streamSlowChunks } from './faults/stream-slow-chunks.ts';
import { streamSlowTtft } from './faults/stream-slow-ttft.ts';
import { streamSplitSseField } from './faults/stream-split-sse-field.ts';
import { streamSplitUtf8 } from './faults/stream-split-utf8.ts';
import { streamTruncateMidToolCall } from './faults/stream-truncate-mid-tool-call.ts';
import { toolEmpty } from './faults/tool-empty.ts';
import { toolError } from './faults/tool-error.ts';
import { toolHang } from './faults/tool-hang.ts';
import { toolHttpStatus } from './faults/tool-http-status.ts';
import { toolLatency } from './faults/tool-latency.ts';
import { toolTimeoutAfterCommit } from './faults/tool-timeout-after-commit.ts';
import { toolTimeout } from './faults/tool-timeout.ts';

const table = [
  llmLatency,
  llmTimeout,
  llmHang,
  llmRateLimit,
  llmServerError,
  llmAuthError,
  llmReset,
  llmRefused,
  llmDrop,
  llmBandwidth,
  llmSlice,
  llmSlowClose,
  llmLimitData,
  llmPartition,
  llmReplayedResponse,
  llmLostResponse,
  llmContextLengthError,
  llmContentFilter,
  llmUsageMissing,
  llmUsageWrong,
  streamSlowTtft,
  streamSlowChunks,
  streamCut,
  streamHang,
  streamTruncateMidToolCall,
  streamRechunk,
  streamSplitUtf8,
  streamSplitSseField,
  streamDuplicate,
  streamReorder,
  streamMissingFinish,
  streamErrorAfter200,
  contentEmpty,
  contentTruncate,
  contentCorrupt,
  contentMalformedJson,
  contentRefusal,
  contentLoop,
  contentPrematureDone,
  contentNeverDone,
  toolError,
  toolHttpStatus,
  toolTimeout,
  toolHang,
  toolLatency,
  toolEmpty,
  toolTimeoutAfterCommit,
  handoffDrop,
  handoffDelay,
  handoffTimeout,
  handoffError,
  handoffDuplicate,
  handoffReorder,
  handoffReplay,
  handoffMisroute,
  handoffBounce,
  handoffRejectDelegation,
  crashKill,
  crashLoop,
  approvalAbsent,
  approvalTimeout,
  approvalNever,
  approvalForceVerdict,
  approvalOutage,
  approvalWrongApprover,
  operatorIntervene,
  credRevoked,
  gateOutage,
  gateAlwaysReject,
  gateRubberStamp,
  gateFlapping,
] as const;

type AnyFault = (typeof table)[number];

export type FaultKind = AnyFault['kind'];

export type FaultOfKind<K extends FaultKind> = Extract<AnyFault, { readonly kind: K }>;

export const faults: readonly Fault[] = table;

const byKind: ReadonlyMap<string, Fault> = new Map(faults.map((fault) => [fault.kind, fault]));

/** The fault of a kind; undefined when the catalogue has none. */
export function faultOf(kind: string): Fault | undefined {
  return byKind.get(kind);
}

/** One kind of fault as a list prints it. */
export interface CatalogueRow {
  readonly kind: string;
  /** The catalogue's name for the layer, as in `LLM transport`. */
  readonly layer: string;
  /** The layer of crossings that it bends. */
  readonly crossing: CrossingLayer;
  readonly family: FaultFamily;
  readonly phase: CrossingPhase;
  readonly summary: string;
  /** JSON Schema (draft 2020-12) of the parameters as one writes them. */
  readonly parameters: JsonObject;
}

export function catalogueRow(fault: Fault): CatalogueRow {
  const { kind, catalogueLayer, layer, family, phase, summary, parameters } = fault;
  const schema = Object.entries(z.toJSONSchema(parameters, { io: 'input' }));
  return {
    kind,
    layer: catalogueLayer,
    crossing: layer,
    family,
    phase,
    summary,
    parameters: Object.fromEntries(schema.filter(([name]) => name !== '$schema')) as JsonObject,
  };
}
