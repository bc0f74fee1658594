// The summary of an import: who did how much, counted event by event, so that nothing needs to be kept.
import type { TraceEvent } from '../trace/event.ts';
import { unattributed } from './assembly/run-writer.ts';

export interface ImportedTokens {
  readonly input: number;
  readonly output: number;
  readonly total: number;
  /** Answered model calls whose tokens nobody told; they are in none of the other figures. */
  readonly unknownCalls: number;
}

export interface ImportCounts {
  /** In order of first appearance. */
  readonly agents: readonly string[];
  readonly modelCalls: number;
  /** By name, the most used first. */
  readonly toolCalls: Readonly<Record<string, number>>;
  readonly handoffs: number;
  readonly tokens: ImportedTokens;
  readonly events: number;
}

/** A file that names agents by thousands names no agents. */
const namesMax = 10_000;

export class ImportCounter {
  readonly #agents = new Set<string>();
  readonly #tools = new Map<string, number>();
  #modelCalls = 0;
  #handoffs = 0;
  #input = 0;
  #output = 0;
  #unknown = 0;
  #events = 0;

  count(event: TraceEvent): void {
    this.#events += 1;
    if (event.kind === 'model.called') {
      this.#modelCalls += 1;
      this.#meet(event.agent);
    } else if (event.kind === 'model.answered') {
      if (event.usageUnknown === true) this.#unknown += 1;
      this.#input += event.usage.inputTokens;
      this.#output += event.usage.outputTokens;
    } else if (event.kind === 'tool.called') {
      this.#use(event.tool);
      this.#meet(event.agent);
    } else if (event.kind === 'handoff.sent') {
      this.#handoffs += 1;
      this.#meet(event.from);
    } else if (event.kind === 'approval.asked') this.#meet(event.agent);
    else if (event.kind === 'message.said' && event.agent !== event.role) this.#meet(event.agent);
  }

  counts(): ImportCounts {
    const tools = [...this.#tools].sort(([, one], [, other]) => other - one);
    return {
      agents: [...this.#agents],
      modelCalls: this.#modelCalls,
      toolCalls: Object.fromEntries(tools),
      handoffs: this.#handoffs,
      tokens: {
        input: this.#input,
        output: this.#output,
        total: this.#input + this.#output,
        unknownCalls: this.#unknown,
      },
      events: this.#events,
    };
  }

  #use(tool: string): void {
    if (!this.#tools.has(tool) && this.#tools.size >= namesMax) return;
    this.#tools.set(tool, (this.#tools.get(tool) ?? 0) + 1);
  }

  #meet(agent: string): void {
    if (agent !== unattributed && this.#agents.size < namesMax) this.#agents.add(agent);
  }
}
