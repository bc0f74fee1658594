// The prompt: an agent's brief as messages, the same bytes for the same brief.
import { canonicalJson, canonicalObject } from '../base/canonical.ts';
import type { JsonObject } from '../base/json.ts';
import type { Message, ToolExchange } from './ask.ts';
import type { Team } from './team.ts';

export interface PromptParts {
  readonly input: JsonObject;
  readonly slice: JsonObject;
  readonly feedback: readonly string[];
  readonly exchanges: readonly ToolExchange[];
}

/**
 * The canonical texts of what a run's prompts have shown, by object: an agent is shown the same things turn by turn, and
 * what was said once does not change. To be kept no longer than the run.
 */
export class PromptTexts {
  readonly #texts = new Map<object, string>();

  readonly #tasks = new Map<JsonObject, { readonly input: JsonObject; readonly text: string }>();

  /** A task with its slice of the mission context. Nobody changes either once it is shown. */
  ofTask(input: JsonObject, slice: JsonObject): string {
    const known = this.#tasks.get(slice);
    if (known?.input === input) return known.text;
    const text = `Task: ${this.#ofObject(input)}\nMission context: ${this.#ofObject(slice)}`;
    this.#tasks.set(slice, { input, text });
    return text;
  }

  /** Kept by exchange and not by result: a tool may return the same object twice, changed in between. */
  ofResult(exchange: ToolExchange): string {
    return this.#kept(exchange, () => canonicalJson(exchange.result));
  }

  #ofObject(shown: JsonObject): string {
    return canonicalObject(shown, (member) => this.#ofMember(member));
  }

  #ofMember(member: unknown): string {
    return typeof member === 'object' && member !== null
      ? this.#kept(member, canonicalJson)
      : canonicalJson(member);
  }

  #kept<T extends object>(shown: T, write: (shown: T) => string): string {
    let text = this.#texts.get(shown);
    if (text === undefined) this.#texts.set(shown, (text = write(shown)));
    return text;
  }
}

/** System prompt, then the task with the mission context, then the tools used so far, then feedback on earlier tries. */
export function composeMessages(
  team: Team,
  agent: string,
  parts: PromptParts,
  texts: PromptTexts = new PromptTexts(),
): readonly Message[] {
  const messages: Message[] = [
    { role: 'system', content: team.agents[agent]?.instructions ?? '' },
    { role: 'user', content: texts.ofTask(parts.input, parts.slice) },
  ];
  for (const exchange of parts.exchanges) {
    const { call } = exchange;
    messages.push({ role: 'assistant', content: '', toolCalls: [call] });
    messages.push({ role: 'tool', callId: call.id, name: call.name, content: texts.ofResult(exchange) });
  }
  if (parts.feedback.length > 0) {
    messages.push({
      role: 'user',
      content: `Earlier tries were sent back:\n- ${parts.feedback.join('\n- ')}`,
    });
  }
  return messages;
}
