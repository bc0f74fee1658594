// Tokens over a campaign: spent, wasted, and more than the fault-free controls spent; by agent.
import type { TrialRow } from './record.ts';

export interface AgentTokenSummary {
  readonly subject: string;
  readonly agent: string;
  readonly total: number;
  readonly waste: number;
}

/** Whole tokens over all trials. */
export interface TokenSummary {
  readonly trials: number;
  readonly total: number;
  readonly waste: number;
  /** `waste` over `total`; null when nothing was spent. */
  readonly wasteShare: number | null;
  readonly extra: number;
  /** The dearest agent first. */
  readonly byAgent: readonly AgentTokenSummary[];
}

/** Sums the tokens of a campaign. */
export function tokensOf(rows: readonly TrialRow[]): TokenSummary {
  const byAgent = new Map<string, AgentTokenSummary>();
  let [total, waste, extra] = [0, 0, 0];
  for (const { subject, tokens } of rows) {
    total += tokens.total;
    waste += tokens.waste;
    extra += tokens.extra;
    for (const spent of tokens.byAgent) {
      const key = JSON.stringify([subject, spent.agent]);
      const known = byAgent.get(key) ?? { subject, agent: spent.agent, total: 0, waste: 0 };
      byAgent.set(key, { ...known, total: known.total + spent.total, waste: known.waste + spent.waste });
    }
  }
  return {
    trials: rows.length,
    total,
    waste,
    wasteShare: total === 0 ? null : waste / total,
    extra,
    byAgent: [...byAgent.values()].sort(dearestFirst),
  };
}

function dearestFirst(one: AgentTokenSummary, other: AgentTokenSummary): number {
  if (one.total !== other.total) return other.total - one.total;
  const [a, b] = [`${one.subject} ${one.agent}`, `${other.subject} ${other.agent}`];
  return a < b ? -1 : Number(a > b);
}
