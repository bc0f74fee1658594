// Threads: what was said before each reply that a later request may continue by its id.
import { Recent } from '../base/recent.ts';
import type { WireCall, WireCodec } from '../llm/wire/codec.ts';
import type { Message, ToolOffer } from '../team/ask.ts';

/** Characters of conversations that are remembered at least; older ones cannot be continued any more. */
const charsMax = 32 * 1024 * 1024;

/** What a request that continues a reply need not say again. */
export type Kept = Exclude<WireCodec['keeps'], 'nothing'>;

export interface Thread {
  /** The conversation up to the reply, and the reply. */
  readonly messages: readonly Message[];
  readonly tools: readonly ToolOffer[];
  readonly how: Kept;
}

export class Threads {
  readonly #before = new Recent<Thread>(charsMax, charsOf);

  /** False when there is no such reply, or it is long ago. */
  has(replyId: string): boolean {
    return this.#before.get(replyId) !== undefined;
  }

  set(replyId: string, thread: Thread): void {
    this.#before.set(replyId, thread);
  }

  /** A request that continues an earlier reply, completed by what was said before. */
  continued(call: WireCall): WireCall {
    const before = call.continues === null ? undefined : this.#before.get(call.continues);
    return before === undefined ? call : completed(call, before);
  }
}

function charsOf({ messages }: Thread): number {
  return messages.reduce((sum, { content }) => sum + content.length + 64, 0);
}

/** What the request says itself goes before what is kept. */
function completed(call: WireCall, { messages, tools, how }: Thread): WireCall {
  const own = call.messages.filter(isInstruction);
  const instructions = own.length === 0 && how === 'everything' ? messages.filter(isInstruction) : own;
  const names = new Map(
    messages.flatMap((message) =>
      message.role === 'assistant' ? message.toolCalls.map((one) => [one.id, one.name] as const) : [],
    ),
  );
  const news = call.messages
    .filter((message) => !isInstruction(message))
    .map((message) =>
      message.role === 'tool' ? { ...message, name: names.get(message.callId) ?? message.name } : message,
    );
  return {
    ...call,
    messages: [...instructions, ...messages.filter((message) => !isInstruction(message)), ...news],
    tools: call.tools.length === 0 && how === 'everything' ? tools : call.tools,
  };
}

function isInstruction({ role }: Message): boolean {
  return role === 'system';
}
