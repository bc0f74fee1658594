// The handoff watch: handoffs that a team makes inside its own process, as its model calls show them.
import type { JsonObject } from '../base/json.ts';
import type { NowOrLater } from '../base/now-or-later.ts';
import { unattributed } from '../llm/attribution.ts';
import type { Answer, Ask } from '../team/ask.ts';
import { totalTokens } from '../team/usage.ts';
import {
  confidenceIn,
  isTransferBy,
  payloadOf,
  sendingsIn,
  signsOf,
  type Sending,
  type HandoffSign,
  type HandoffSigns,
} from './handoff-sign.ts';
import { bendHandoffs } from './handoff-bend.ts';
import type { HttpWorld, Touched } from './http-world.ts';

export interface HandoffWatchParts {
  readonly world: HttpWorld;
  /** Names of the team's agents; none where they are not known. */
  readonly agents: readonly string[];
  readonly signs: HandoffSigns;
}

interface Transfer {
  readonly handoff: string;
  readonly from: string;
  readonly to: string;
  readonly payload: JsonObject;
}

/** The answer that came last, and whom it has been handed over to. */
interface LastAnswer {
  readonly agent: string;
  readonly content: string;
  readonly cause: number;
  readonly receivers: string[];
}

export class HandoffWatch {
  readonly #world: HttpWorld;
  readonly #agents: readonly string[];
  readonly #signs: readonly HandoffSign[];
  readonly #tokens = new Map<string, number>();
  #open: Transfer[] = [];
  #last: LastAnswer | null = null;

  constructor({ world, agents, signs }: HandoffWatchParts) {
    this.#world = world;
    this.#agents = agents;
    this.#signs = signsOf(signs);
  }

  /** Whether a tool of this name hands over. */
  isTransfer(tool: string): boolean {
    return this.#signs.some((sign) => isTransferBy(sign, tool));
  }

  called({ agent }: Ask, cause: number): void {
    if (this.#signs.includes('transitions')) this.#passOn(agent);
    if (this.#open.length === 0) return;
    const meant = this.#open.filter((one) => one.from !== agent && this.#isFor(one, agent));
    for (const { handoff, from, payload } of meant)
      this.#world.log({ kind: 'handoff.received', handoff, from, to: agent, payload }, cause);
    this.#open = this.#open.filter((one) => !meant.includes(one));
  }

  answered({ agent }: Ask, answer: Answer, cause: number): void {
    if (this.#signs.length === 0) return;
    this.#tokens.set(agent, (this.#tokens.get(agent) ?? 0) + totalTokens(answer.usage));
    const receivers: string[] = [];
    this.#last = { agent, content: answer.content, cause, receivers };
    for (const sign of this.#signs)
      for (const { to: named, payload, otherwise } of sendingsIn(sign, agent, answer)) {
        const to = this.#agentNamed(named, otherwise);
        if (to === null || to === agent || receivers.includes(to)) continue;
        receivers.push(to);
        this.#send({ from: agent, to, payload, cause });
      }
  }

  /** What chaos makes of the transfers that an answer asks for. */
  bend(ask: Ask, touched: Touched<'llm'>, cause: number): NowOrLater<Touched<'llm'>> {
    const { outcome } = touched;
    if (outcome.kind !== 'answered' || outcome.answer.toolCalls.length === 0) return touched;
    const agentNamed = (name: string): string => this.#agentNamed(name, 'unknown') ?? name;
    return bendHandoffs({ world: this.#world, signs: this.#signs, agentNamed, ask, cause }, touched);
  }

  /** What was answered last goes over to another agent that is called now; a transfer that waits for it says so itself. */
  #passOn(to: string): void {
    const last = this.#last;
    if (last === null || last.agent === to || to === unattributed || last.receivers.includes(to)) return;
    if (last.agent === unattributed) return;
    last.receivers.push(to);
    if (this.#open.some((one) => this.#isFor(one, to))) return;
    this.#send({ from: last.agent, to, payload: payloadOf(last.content), cause: last.cause });
  }

  #send({ from, to, payload, cause }: Omit<Transfer, 'handoff'> & { readonly cause: number }): void {
    const handoff = this.#world.nextCall();
    const tokens = this.#tokens.get(from) ?? 0;
    this.#world.log(
      {
        kind: 'handoff.sent',
        call: handoff,
        handoff,
        from,
        to,
        attempt: 1,
        payload,
        confidence: confidenceIn(payload),
        contextVersion: null,
        tokens,
      },
      cause,
    );
    this.#tokens.delete(from);
    this.#open.push({ handoff, from, to, payload });
  }

  /** Where agents are named by their prompts, a tool names one by the beginning: `billing` is `billing-agent-3f2a`. */
  #isFor({ to }: Transfer, agent: string): boolean {
    return to === agent || (this.#agents.length === 0 && plain(agent).startsWith(plain(to)));
  }

  /** Compared without case and punctuation, as frameworks make tool names of them. */
  #agentNamed(name: string, otherwise: Sending['otherwise']): string | null {
    const known = this.#agents.find((agent) => plain(agent) === plain(name));
    if (known !== undefined) return known;
    return otherwise === 'nobody' ? null : name;
  }
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
