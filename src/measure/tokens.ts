// Tokens: what a run was billed, by agent, edge and phase, and how much of it bought nothing.
import { canonicalJson } from '../base/canonical.ts';
import { totalTokens } from '../team/usage.ts';
import type { TraceEventOf } from '../trace/event.ts';
import type { Trace } from '../trace/trace.ts';
import { billsOf, type Bill, type TokenPhase } from './bills.ts';

export interface AgentTokens {
  readonly agent: string;
  readonly total: number;
  readonly waste: number;
}

export interface EdgeTokens {
  /** `from->to` */
  readonly edge: string;
  readonly total: number;
}

/**
 * Why an answer bought nothing; the first that is true counts.
 * - `unused`: the team did not take it: it came late, twice, or to a process that was gone.
 * - `abandoned`: it belongs to work that failed, or that the end of the mission cut short.
 * - `rework`: it is the draft that a gate, a conflict or a cut-off answer sent back.
 * - `repeat`: it says just what this agent had said in this work, or asks only for tool calls that were made before.
 */
export type WasteKind = 'unused' | 'abandoned' | 'rework' | 'repeat';

/** Whole tokens, input and output together. `total` is the sum over agents, and over phases; `waste` over its kinds. */
export interface TokenFigures {
  readonly total: number;
  readonly waste: number;
  /** `waste` over `total`; 0 when nothing was billed. */
  readonly wasteShare: number;
  /** More than the control was billed; negative where it was less. 0 for a control itself. */
  readonly extra: number;
  /** Set aside for answers that were lost, and counted as spent though nobody knows: not part of `total`. */
  readonly presumed: number;
  readonly byAgent: readonly AgentTokens[];
  /** The senders' own figures, once a handoff, however often it was delivered. */
  readonly byEdge: readonly EdgeTokens[];
  readonly byPhase: Readonly<Record<TokenPhase, number>>;
  readonly byWaste: Readonly<Record<WasteKind, number>>;
}

/** Reads the token figures of a run; `control` is null for a control itself. */
export function measureTokens(trace: Trace, control: Trace | null): TokenFigures {
  const agents = new Map<string, { agent: string; total: number; waste: number }>();
  const byPhase: Record<TokenPhase, number> = { first: 0, toolTurn: 0, rework: 0, retry: 0, redispatch: 0 };
  const byWaste: Record<WasteKind, number> = { unused: 0, abandoned: 0, rework: 0, repeat: 0 };
  let [total, waste] = [0, 0];
  for (const { bill, why } of judgeBills(trace)) {
    const row = agents.get(bill.agent) ?? { agent: bill.agent, total: 0, waste: 0 };
    agents.set(bill.agent, row);
    total += bill.tokens;
    row.total += bill.tokens;
    byPhase[bill.phase] += bill.tokens;
    if (why === null) continue;
    waste += bill.tokens;
    row.waste += bill.tokens;
    byWaste[why] += bill.tokens;
  }
  return {
    total,
    waste,
    wasteShare: total === 0 ? 0 : waste / total,
    extra: control === null ? 0 : total - totalBilled(control),
    presumed: presumedTokens(trace),
    byAgent: [...agents.values()].sort((one, other) => compare(one.agent, other.agent)),
    byEdge: edgeTokens(trace),
    byPhase,
    byWaste,
  };
}

/** All tokens that a run was billed for answers. */
export function totalBilled(trace: Trace): number {
  let total = 0;
  for (const event of trace.events) if (event.kind === 'model.answered') total += totalTokens(event.usage);
  return total;
}

function judgeBills(trace: Trace): readonly { readonly bill: Bill; readonly why: WasteKind | null }[] {
  const said = new Set<string>();
  const asked = new Set<string>();
  return billsOf(trace).map((bill) => {
    const repeats = isRepeat(bill, said, asked);
    if (!bill.used) return { bill, why: 'unused' };
    if (bill.fate === 'abandoned' || bill.fate === 'rework') return { bill, why: bill.fate };
    return { bill, why: repeats ? 'repeat' : null };
  });
}

/** Remembers what the answer says and asks for; true when there is nothing new in it. */
function isRepeat({ answer, agent, assignment }: Bill, said: Set<string>, asked: Set<string>): boolean {
  if (answer.toolCalls.length === 0) return !addNew(said, `${agent}\n${assignment ?? ''}\n${answer.content}`);
  let fresh = false;
  for (const call of answer.toolCalls)
    if (addNew(asked, `${call.name}\n${canonicalJson(call.arguments)}`)) fresh = true;
  return !fresh;
}

function addNew(set: Set<string>, text: string): boolean {
  const before = set.size;
  return set.add(text).size > before;
}

/** The steward books a lost answer twice, for the agent and for the mission: the mission's books count. */
function presumedTokens(trace: Trace): number {
  let tokens = 0;
  for (const event of trace.events)
    if (event.kind === 'budget.presumed' && event.agent === '*') tokens += event.tokens;
  return tokens;
}

function edgeTokens(trace: Trace): readonly EdgeTokens[] {
  const handoffs = new Map<string, TraceEventOf<'handoff.sent'>>();
  for (const event of trace.events) if (event.kind === 'handoff.sent') handoffs.set(event.handoff, event);
  const edges = new Map<string, number>();
  for (const { from, to, tokens } of handoffs.values()) {
    const edge = `${from}->${to}`;
    edges.set(edge, (edges.get(edge) ?? 0) + tokens);
  }
  return [...edges]
    .map(([edge, total]) => ({ edge, total }))
    .sort((one, other) => compare(one.edge, other.edge));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
