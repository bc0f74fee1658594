// Bills: every model answer of a run with its tokens, its phase, and what became of it.
import { totalTokens } from '../team/usage.ts';
import type { TraceEventOf } from '../trace/event.ts';
import type { Trace } from '../trace/trace.ts';

/**
 * When in its work an agent was billed; the first that is true counts. `redispatch`: a process that took over asked
 * again. `retry`: an earlier try of this turn had failed. `rework`: the work had been sent back. `toolTurn`: the agent
 * had used tools. `first`: the first turn.
 */
export type TokenPhase = 'first' | 'toolTurn' | 'rework' | 'retry' | 'redispatch';

export interface Bill {
  readonly answer: TraceEventOf<'model.answered'>;
  readonly agent: string;
  readonly assignment: string | null;
  readonly tokens: number;
  readonly phase: TokenPhase;
  /** False when the team did not take the answer; true where the trace does not say. */
  readonly used: boolean;
  readonly fate: 'kept' | 'rework' | 'abandoned';
}

type Called = TraceEventOf<'model.called'>;
type Draft = { -readonly [K in keyof Bill]: Bill[K] };

interface Ledger {
  readonly calls: Map<string, { readonly called: Called; readonly dispatches: number }>;
  readonly reworked: Set<string>;
  /** The last answer of each assignment: what a gate sends back. */
  readonly latest: Map<string, Draft>;
  /** The newest answer to each call: what the team takes, if it takes one. */
  readonly newest: Map<string, Draft>;
  readonly bills: Draft[];
}

/** One bill an answer, in order. */
export function billsOf(trace: Trace): readonly Bill[] {
  const ledger: Ledger = {
    calls: new Map(),
    reworked: new Set(),
    latest: new Map(),
    newest: new Map(),
    bills: [],
  };
  const tellsUse = trace.team !== null;
  for (const event of trace.events) {
    if (event.kind === 'model.called') countDispatch(ledger, event);
    else if (event.kind === 'model.answered') addBill(ledger, event, tellsUse);
    else if (event.kind === 'answer.accepted') take(ledger, event.command);
    else if (event.kind === 'rework.requested') sendBack(ledger, event.assignment);
    else if (event.kind === 'agent.finished' && event.outcome !== 'done') abandon(ledger, event.assignment);
  }
  return ledger.bills;
}

function countDispatch(ledger: Ledger, called: Called): void {
  const dispatches = (ledger.calls.get(called.call)?.dispatches ?? 0) + 1;
  ledger.calls.set(called.call, { called, dispatches });
}

function addBill(ledger: Ledger, answer: TraceEventOf<'model.answered'>, tellsUse: boolean): void {
  const call = ledger.calls.get(answer.call);
  const bill: Draft = {
    answer,
    agent: call?.called.agent ?? answer.agent,
    assignment: call?.called.assignment ?? null,
    tokens: totalTokens(answer.usage),
    phase: phaseOf(ledger, call),
    used: !tellsUse,
    fate: 'kept',
  };
  ledger.bills.push(bill);
  ledger.newest.set(answer.call, bill);
}

function phaseOf(
  ledger: Ledger,
  call: { readonly called: Called; readonly dispatches: number } | undefined,
): TokenPhase {
  if (call === undefined) return 'first';
  if (call.dispatches > 1) return 'redispatch';
  if (call.called.attempt > 1) return 'retry';
  if (call.called.assignment !== null && ledger.reworked.has(call.called.assignment)) return 'rework';
  return call.called.turn > 1 ? 'toolTurn' : 'first';
}

function take(ledger: Ledger, call: string): void {
  const bill = ledger.newest.get(call);
  if (bill === undefined) return;
  bill.used = true;
  if (bill.assignment !== null) ledger.latest.set(bill.assignment, bill);
}

function sendBack(ledger: Ledger, assignment: string): void {
  ledger.reworked.add(assignment);
  const draft = ledger.latest.get(assignment);
  if (draft !== undefined) draft.fate = 'rework';
}

function abandon(ledger: Ledger, assignment: string): void {
  for (const bill of ledger.bills)
    if (bill.assignment === assignment && bill.fate === 'kept') bill.fate = 'abandoned';
}
