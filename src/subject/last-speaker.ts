// The last speaker: which agent is at work, told from the model calls, for requests that do not say whose they are.
import { unattributed } from '../llm/attribution.ts';
import type { Answer, Ask } from '../team/ask.ts';

export class LastSpeaker {
  #last = unattributed;
  readonly #wanted = new Map<string, string>();

  answered(ask: Ask, answer: Answer): void {
    this.#last = ask.agent;
    for (const call of answer.toolCalls) this.#wanted.set(call.name, ask.agent);
  }

  /** The agent whose model last asked for the tool, else the one that was answered last. */
  of(tool: string | null): string {
    return (tool === null ? undefined : this.#wanted.get(tool)) ?? this.#last;
  }
}
