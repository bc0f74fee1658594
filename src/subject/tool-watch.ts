// The tool watch: tools that a team uses inside its own process, as its model calls show them.
import { fingerprint } from '../base/fingerprint.ts';
import type { Answer, Ask } from '../team/ask.ts';
import type { HttpWorld } from './http-world.ts';

export interface ToolWatchParts {
  readonly world: HttpWorld;
  /** Tools whose uses are told elsewhere: by a route, or as a handoff. */
  readonly isToldElsewhere: (tool: string) => boolean;
}

interface Use {
  readonly call: string;
  readonly agent: string;
  readonly tool: string;
  readonly cause: number;
}

/** Uses that wait for their result; a run that never gives any back forgets the oldest. */
const openMax = 1_000;

/**
 * A tool call in an answer is a use; its result is in the conversation of a later call. What the tool does to the world
 * does not show, and neither does whether it failed: that is in the text of its result.
 */
export class ToolWatch {
  readonly #parts: ToolWatchParts;
  /** By the id that the model gave to the call. */
  readonly #open = new Map<string, Use>();

  constructor(parts: ToolWatchParts) {
    this.#parts = parts;
  }

  /** To be told before the call itself is in the trace. */
  calling({ messages }: Pick<Ask, 'messages'>): void {
    if (this.#open.size === 0) return;
    for (const message of messages) {
      const use = message.role === 'tool' ? this.#open.get(message.callId) : undefined;
      if (use === undefined || message.role !== 'tool') continue;
      const { call, agent, tool, cause } = use;
      this.#open.delete(message.callId);
      this.#parts.world.log({ kind: 'tool.returned', call, agent, tool, result: message.content }, cause);
    }
  }

  answered({ agent }: Ask, { toolCalls }: Answer, cause: number): void {
    const { world, isToldElsewhere } = this.#parts;
    for (const { id, name: tool, arguments: args } of toolCalls) {
      if (isToldElsewhere(tool)) continue;
      const call = world.nextCall();
      const seq = world.log(
        {
          kind: 'tool.called',
          call,
          agent,
          version: null,
          assignment: null,
          tool,
          arguments: args,
          effect: null,
          attempt: 1,
          key: `${agent}:${tool}:${fingerprint(args)}`,
          scope: null,
          credential: null,
          approval: null,
          contextVersion: null,
          epoch: 1,
        },
        cause,
      );
      this.#open.set(id, { call, agent, tool, cause: seq });
      const [oldest] = this.#open.keys();
      if (oldest !== undefined && this.#open.size > openMax) this.#open.delete(oldest);
    }
  }
}
