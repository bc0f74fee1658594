// Open handoffs: sent and not yet taken up; one that a model asked for and one that its framework tells are the same.
import type { JsonObject } from '../../base/json.ts';

export interface OpenHandoff {
  readonly handoff: string;
  readonly from: string;
  readonly to: string;
  readonly payload: JsonObject;
  readonly cause: number;
  /** Known from a transfer tool alone, so far. */
  asked: boolean;
}

export class OpenHandoffs {
  #open: OpenHandoff[] = [];

  add(handoff: OpenHandoff): void {
    this.#open.push(handoff);
    if (this.#open.length > openMax) this.#open.shift();
  }

  /** Whether the framework tells a handoff that its model asked for. */
  confirms(to: string): boolean {
    const same = this.#open.find((one) => one.asked && plainName(one.to) === plainName(to));
    if (same !== undefined) same.asked = false;
    return same !== undefined;
  }

  /** What is received by an agent that begins to act. */
  take(agent: string): readonly OpenHandoff[] {
    if (this.#open.length === 0) return [];
    const taken = this.#open.filter((one) => plainName(one.to) === plainName(agent));
    if (taken.length > 0) this.#open = this.#open.filter((one) => !taken.includes(one));
    return taken;
  }
}

const openMax = 256;

/** The agent that a transfer tool hands over to; null for other tools. */
export function transferTarget(tool: string): string | null {
  return /^(?:transfer|hand_?off|delegate)_to_(.+)$/i.exec(tool)?.[1] ?? null;
}

/** Frameworks make tool names of agents' names: case and punctuation do not count. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
