// Handoff signs: how handoffs that a team makes inside its own process show in its model calls.
import { isJsonObject, type JsonObject } from '../base/json.ts';
import type { Answer } from '../team/ask.ts';

/**
 * `transferTools`: a model that calls a transfer tool (`transfer_to_<agent>`, `handoff_to_<agent>`) sends, and the agent's
 * next call receives. `transitions`: whenever another agent's model is called than was answered last, the answer was
 * handed over. `tool`: a tool of any other name hands over, to one agent or to the one that an argument names. `router`:
 * the answer of this agent names the next one, in a member of its JSON or of a tool's arguments, or as its whole text.
 */
export type HandoffSign =
  | 'transferTools'
  | 'transitions'
  | { readonly tool: string; readonly to: string }
  | { readonly tool: string; readonly toArgument: string }
  | { readonly router: string; readonly member: string };

/** `routes`: only on declared handoff routes. What several signs say of one answer and one agent is one handoff. */
export type HandoffSigns = 'routes' | HandoffSign | readonly HandoffSign[];

export function signsOf(signs: HandoffSigns): readonly HandoffSign[] {
  if (signs === 'routes') return [];
  return isList(signs) ? signs : [signs];
}

/** Where an answer hands over to, as it names it, and what it hands over. */
export interface Sending {
  readonly to: string;
  readonly payload: JsonObject;
  /** Whom a name means that is no agent's: an agent that is not known, or nobody, as a router's word for the end. */
  readonly otherwise: 'unknown' | 'nobody';
}

/** What one sign finds in an answer; transitions show in the next call only. */
export function sendingsIn(sign: HandoffSign, agent: string, answer: Answer): readonly Sending[] {
  if (typeof sign === 'object' && 'router' in sign)
    return sign.router === agent ? routed(sign.member, answer) : [];
  if (sign === 'transitions' || answer.toolCalls.length === 0) return [];
  if (sign === 'transferTools')
    return answer.toolCalls.flatMap(({ name, arguments: payload }) => {
      const to = transferTarget(name);
      return to === null ? [] : [{ to, payload, otherwise: 'unknown' }];
    });
  return answer.toolCalls.flatMap(({ name, arguments: payload }) => {
    if (name !== sign.tool) return [];
    const to = 'to' in sign ? sign.to : payload[sign.toArgument];
    return typeof to === 'string' ? [{ to, payload, otherwise: 'unknown' }] : [];
  });
}

/** Whether a tool of this name hands over, as one sign says. */
export function isTransferBy(sign: HandoffSign, tool: string): boolean {
  if (typeof sign === 'string') return sign === 'transferTools' && transferTarget(tool) !== null;
  return 'tool' in sign && sign.tool === tool;
}

/** Whom a transfer tool is named for; null for any other tool. */
export function transferTarget(tool: string): string | null {
  return /^(?:transfer|hand_?off)_to_(.+)$/i.exec(tool)?.[1] ?? null;
}

function routed(member: string, { content, toolCalls }: Answer): readonly Sending[] {
  const said = jsonOf(content);
  const told = [...(said === null ? [] : [said]), ...toolCalls.map((call) => call.arguments)];
  for (const payload of told) {
    const to = payload[member];
    if (typeof to === 'string') return [{ to, payload, otherwise: 'nobody' }];
  }
  if (told.length > 0) return [];
  return [{ to: content.trim(), payload: { content }, otherwise: 'nobody' }];
}

/** How sure the sender says it is; null where it does not say. */
export function confidenceIn(payload: JsonObject): number | null {
  const { confidence } = payload;
  return typeof confidence === 'number' && confidence >= 0 && confidence <= 1 ? confidence : null;
}

/** An answer's text as a payload: the object that it is, or the text. */
export function payloadOf(content: string): JsonObject {
  return jsonOf(content) ?? { content };
}

function jsonOf(content: string): JsonObject | null {
  if (!content.trimStart().startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(content);
    return isJsonObject(value) ? value : null;
  } catch {
    // What a model says is data.
    return null;
  }
}

function isList(signs: HandoffSign | readonly HandoffSign[]): signs is readonly HandoffSign[] {
  return Array.isArray(signs);
}
