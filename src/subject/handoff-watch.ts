// The handoff watch: handoffs that a team makes inside its own process, as its model calls show them.
import type { JsonObject } from '../base/json.ts';
import { unattributed } from '../llm/attribution.ts';
import type { Answer, Ask } from '../team/ask.ts';
import { totalTokens } from '../team/usage.ts';
import type { HttpWorld } from './http-world.ts';

/**
 * How handoffs show. `routes`: only on declared handoff routes. `transferTools`: a model that calls a transfer tool
 * (`transfer_to_<agent>`) sends, and the agent's next call receives. `transitions`: whenever another agent's model is
 * called than was answered last, the answer was handed over.
 */
export type HandoffSigns = 'routes' | 'transferTools' | 'transitions';

export interface HandoffWatchParts {
  readonly world: HttpWorld;
  readonly agents: readonly string[];
  readonly signs: HandoffSigns;
}

interface Transfer {
  readonly handoff: string;
  readonly from: string;
  readonly to: string;
  readonly payload: JsonObject;
  readonly cause: number;
}

export class HandoffWatch {
  readonly #parts: HandoffWatchParts;
  readonly #tokens = new Map<string, number>();
  #open: Transfer[] = [];
  #last: { readonly agent: string; readonly content: string; readonly cause: number } | null = null;

  constructor(parts: HandoffWatchParts) {
    this.#parts = parts;
  }

  called(ask: Ask, cause: number): void {
    const { signs, world } = this.#parts;
    if (signs === 'routes') return;
    const last = this.#last;
    if (signs === 'transitions' && last !== null && last.agent !== ask.agent && ask.agent !== unattributed) {
      this.#last = null;
      this.#send(last.agent, ask.agent, { payload: { content: last.content }, cause: last.cause });
    }
    for (const { handoff, from, to, payload } of this.#open.filter((one) => one.to === ask.agent)) {
      world.log({ kind: 'handoff.received', handoff, from, to, payload }, cause);
    }
    this.#open = this.#open.filter((one) => one.to !== ask.agent);
  }

  answered(ask: Ask, answer: Answer, cause: number): void {
    const { signs } = this.#parts;
    const { agent } = ask;
    this.#tokens.set(agent, (this.#tokens.get(agent) ?? 0) + totalTokens(answer.usage));
    this.#last = { agent, content: answer.content, cause };
    if (signs !== 'transferTools') return;
    for (const call of answer.toolCalls) {
      const to = this.#target(call.name);
      if (to !== null) this.#send(agent, to, { payload: call.arguments, cause });
    }
  }

  #send(
    from: string,
    to: string,
    { payload, cause }: { readonly payload: JsonObject; readonly cause: number },
  ): void {
    const { world } = this.#parts;
    const handoff = world.nextCall();
    const tokens = this.#tokens.get(from) ?? 0;
    const seq = world.log(
      {
        kind: 'handoff.sent',
        call: handoff,
        handoff,
        from,
        to,
        attempt: 1,
        payload,
        confidence: null,
        contextVersion: null,
        tokens,
      },
      cause,
    );
    this.#tokens.delete(from);
    this.#open.push({ handoff, from, to, payload, cause: seq });
  }

  /** Names of agents are compared without case and punctuation, as frameworks make tool names of them. */
  #target(tool: string): string | null {
    const name = /^(?:transfer|hand_?off)_to_(.+)$/i.exec(tool)?.[1];
    if (name === undefined) return null;
    return this.#parts.agents.find((agent) => plain(agent) === plain(name)) ?? name;
  }
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
