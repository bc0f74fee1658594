// Threads: what was said before each reply that a later request may continue by its id.
import { Recent } from '../base/recent.ts';
import type { WireCall } from '../llm/wire/codec.ts';
import type { Message } from '../team/ask.ts';

/** Characters of conversations that are remembered at least; older ones cannot be continued any more. */
const charsMax = 32 * 1024 * 1024;

export class Threads {
  readonly #before = new Recent<readonly Message[]>(charsMax, charsOf);

  /** The conversation up to a reply; undefined when there is no such reply, or it is long ago. */
  get(replyId: string): readonly Message[] | undefined {
    return this.#before.get(replyId);
  }

  set(replyId: string, conversation: readonly Message[]): void {
    this.#before.set(replyId, conversation);
  }

  /** A request that continues an earlier reply, completed by what was said before; instructions are never carried over. */
  continued(call: WireCall): WireCall {
    const before = call.continues === null ? undefined : this.get(call.continues);
    return before === undefined ? call : completed(call, before);
  }
}

function charsOf(conversation: readonly Message[]): number {
  return conversation.reduce((sum, { content }) => sum + content.length + 64, 0);
}

function completed(call: WireCall, before: readonly Message[]): WireCall {
  const instructions = call.messages.filter((message) => message.role === 'system');
  const spoken = before.filter((message) => message.role !== 'system');
  const names = new Map(
    before.flatMap((message) =>
      message.role === 'assistant' ? message.toolCalls.map((one) => [one.id, one.name] as const) : [],
    ),
  );
  const news = call.messages
    .filter((message) => message.role !== 'system')
    .map((message) =>
      message.role === 'tool' ? { ...message, name: names.get(message.callId) ?? message.name } : message,
    );
  return { ...call, messages: [...instructions, ...spoken, ...news] };
}
