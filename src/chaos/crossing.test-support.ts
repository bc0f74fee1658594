// Crossings and outcomes for tests: one of each, with what a test cares about put in.
import type { Json } from '../base/json.ts';
import type { Answer } from '../team/ask.ts';
import type { Handoff } from '../team/handoff.ts';
import type { Crossing, CrossingLayer } from './crossing.ts';
import { completeDelivery, type ApprovalOutcome, type GateOutcome, type HandoffOutcome } from './outcome.ts';
import type { ModelOutcome, ToolOutcome } from './outcome.ts';

type OfLayer<L extends CrossingLayer> = Crossing & { readonly layer: L };

export function crossingOf<L extends CrossingLayer>(
  layer: L,
  more: Partial<Omit<Crossing, 'layer'>> = {},
): OfLayer<L> {
  return {
    layer,
    phase: 'request',
    agent: layer === 'process' ? 'steward' : 'writer',
    subject: layer === 'handoff' ? 'writer->closer' : 'thing',
    ordinal: 1,
    atMs: 1_700_000_000_000,
    elapsedMs: 0,
    attempt: 1,
    ...more,
  };
}

export const answer: Answer = {
  content: '{"payload":{"text":"a fine letter"},"confidence":0.8}',
  toolCalls: [],
  finishReason: 'stop',
  usage: { inputTokens: 300, outputTokens: 40 },
};

export const toolAnswer: Answer = {
  content: 'Look it up.',
  toolCalls: [{ id: 'call_1', name: 'search', arguments: { query: 'the news of the last 90 days' } }],
  finishReason: 'toolCalls',
  usage: { inputTokens: 200, outputTokens: 20 },
};

export const answered = (said: Answer = answer): ModelOutcome & { kind: 'answered' } => ({
  kind: 'answered',
  answer: said,
  delivery: { ...completeDelivery, latencyMs: 1000 },
});

/** An answer that travels as bytes, which nothing has damaged. */
export const onTheWire = (said: Answer = answer): ModelOutcome & { kind: 'answered' } => ({
  kind: 'answered',
  answer: said,
  delivery: { ...completeDelivery, latencyMs: 1000, mishap: { kind: 'none' } },
});

export const returned = (result: Json = [1, 2]): ToolOutcome & { kind: 'returned' } => ({
  kind: 'returned',
  result,
  afterMs: 100,
});

export const handoff: Handoff = {
  id: 'h1',
  mission: 'm1',
  from: 'writer',
  fromVersion: 1,
  to: 'closer',
  payload: { text: 'a fine letter' },
  confidence: 0.8,
  flags: [],
  contextVersion: 2,
  tokens: 340,
  startedAtMs: 0,
  sentAtMs: 10,
};

export const delivered = (envelope: Handoff = handoff): HandoffOutcome & { kind: 'delivered' } => ({
  kind: 'delivered',
  to: envelope.to,
  handoff: envelope,
  afterMs: 20,
  copiesAfterMs: [],
});

export const passed: GateOutcome = { kind: 'checked', passed: true, feedback: [], afterMs: 0 };
export const rejected: GateOutcome = {
  kind: 'checked',
  passed: false,
  feedback: [{ gate: 'sources', feedback: 'too old' }],
  afterMs: 0,
};
export const decided: ApprovalOutcome = {
  kind: 'decided',
  decision: 'approve',
  approver: 'head-of-sales',
  afterMs: 60_000,
};
