// Attribution: which agent of a team a model call comes from, as far as the call itself tells.
import { fingerprintText } from '../base/fingerprint.ts';
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

/**
 * Rules; or `bySystemPrompt`: each system prompt is an agent of its own, named by how it begins and a short hash of it
 * (`triage-agent-3f2a`). Numbers in it, such as dates, make no other agent of it.
 */
export type Attribution = readonly AttributionRule[] | 'bySystemPrompt';

/** Who made a call. `fits` holds every agent that it may be from: none, or several, is a doubt that is told. */
export interface Attributed {
  readonly agent: string;
  readonly fits: readonly string[];
}

/** Who a call is said to be from when nothing tells. */
export const unattributed = 'unattributed';

/** The header by which a caller names the agent itself; it counts before all rules. */
export const agentHeader = 'x-muster-agent';

/**
 * Where nobody said whose calls are whose: a team of one does all of them, agents whose names are not known are named by
 * their prompts, and any other team's calls are nobody's unless they say so.
 */
export function usualAttribution(agents: readonly string[]): Attribution {
  const [agent] = agents;
  if (agent === undefined) return 'bySystemPrompt';
  return agents.length === 1 ? [{ agent }] : [];
}

const nobody: Attributed = { agent: unattributed, fits: [] };

export function attribute(call: WireCall, header: string | null, attribution: Attribution): Attributed {
  if (header !== null && header !== '') return { agent: header, fits: [header] };
  if (attribution.length === 0) return nobody;
  const system = systemPrompt(call.messages);
  const fits = attribution === 'bySystemPrompt' ? namesIn(system) : agentsThatFit(call, system, attribution);
  return { agent: fits[0] ?? unattributed, fits };
}

/** A rule without conditions is for whatever is left over: beside others it is no doubt. */
function agentsThatFit(call: WireCall, system: string, rules: readonly AttributionRule[]): readonly string[] {
  const found = rules.filter(
    (rule) =>
      fits(rule.system, system) &&
      fits(rule.model, call.model) &&
      (rule.tool === undefined || call.tools.some((offer) => fits(rule.tool, offer.name))),
  );
  const [first, ...others] = found;
  const rivals = others.filter((rule) => Object.keys(rule).length > 1);
  return first === undefined ? [] : [...new Set([first, ...rivals].map((rule) => rule.agent))];
}

function fits(rule: TextRule | undefined, text: string): boolean {
  if (rule === undefined) return true;
  // A pattern with the `g` flag would remember where it stopped.
  return typeof rule === 'string' ? text.includes(rule) : text.search(rule) >= 0;
}

const preamble = /^(?:you(?:'re| are)|act as|your name is|i am|i'm)\s+/i;
const article = /^(?:an?|the|our)\s+/i;
const wordsMax = 3;
/** Words after which a prompt says no longer who, but what. */
const notInName = new Set(['of', 'for', 'who', 'that', 'in', 'on', 'at', 'with', 'and', 'to', 'from']);

function namesIn(prompt: string): readonly string[] {
  const text = prompt.trim().replaceAll(/\d+/g, '#').replaceAll(/\s+/g, ' ');
  if (text === '') return [];
  const phrase = text.replace(preamble, '').replace(article, '');
  const words: string[] = [];
  for (const [, word = '', stop = ''] of phrase.matchAll(/([\p{L}\p{N}_-]+)([^\p{L}\p{N}_-]*)/gu)) {
    if (words.length === wordsMax || (words.length > 0 && notInName.has(word.toLowerCase()))) break;
    words.push(word.toLowerCase());
    if (/[.,;:!?]/.test(stop)) break;
  }
  return [[...(words.length === 0 ? ['agent'] : words), fingerprintText(text).slice(0, 4)].join('-')];
}
