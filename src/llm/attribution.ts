// Attribution: which agent of a team a model call comes from, as far as the call itself tells.
import { systemPrompt } from './ask-key.ts';
import type { WireCall } from './wire/codec.ts';

/** A text that must occur, or a pattern that must match. */
export type TextRule = string | RegExp;

/** All that is named must fit; the first rule that fits says who it is. */
export interface AttributionRule {
  readonly agent: string;
  readonly system?: TextRule;
  /** A tool that the call offers. */
  readonly tool?: TextRule;
  readonly model?: TextRule;
}

/** Who a call is said to be from when nothing tells. */
export const unattributed = 'unattributed';

/** The header by which a caller names the agent itself; it counts before all rules. */
export const agentHeader = 'x-muster-agent';

export function attribute(call: WireCall, header: string | null, rules: readonly AttributionRule[]): string {
  if (header !== null && header !== '') return header;
  const system = systemPrompt(call.messages);
  const found = rules.find(
    (rule) =>
      fits(rule.system, system) &&
      fits(rule.model, call.model) &&
      (rule.tool === undefined || call.tools.some((offer) => fits(rule.tool, offer.name))),
  );
  return found?.agent ?? unattributed;
}

function fits(rule: TextRule | undefined, text: string): boolean {
  if (rule === undefined) return true;
  // A pattern with the `g` flag would remember where it stopped.
  return typeof rule === 'string' ? text.includes(rule) : text.search(rule) >= 0;
}
