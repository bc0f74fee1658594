// An open call: a reply of a model on its way to its caller, and what is told when it is there, or the caller has gone.
import type { ModelOutcome } from '../chaos/outcome.ts';
import type { AskBook } from '../llm/ask-book.ts';
import type { Handled } from '../llm/traffic/wire-traffic.ts';
import type { WireReply } from '../llm/wire/wire-reply.ts';
import type { Answer, Ask, ModelFailure } from '../team/ask.ts';
import type { HttpWorld, Moments } from './http-world.ts';
import type { Kept, Threads } from './threads.ts';

/** Whom a call's ending is told to. */
export interface Listeners {
  readonly world: HttpWorld;
  readonly book: AskBook;
  readonly threads: Threads;
  readonly answered: (ask: Ask, answer: Answer, cause: number) => void;
}

export interface OpenCallParts {
  readonly reply: WireReply;
  readonly moments: Moments;
  readonly asked: Ask;
  readonly outcome: ModelOutcome;
  /** Joins the call's events in the trace. */
  readonly id: string;
  readonly cause: number;
  /** How a later request may continue the reply; null where none does. */
  readonly keeps: { readonly replyId: string; readonly how: Kept } | null;
}

type Ended = Pick<ModelFailure, 'reason' | 'status' | 'message'>;

export class OpenCall implements Handled {
  readonly reply: WireReply;
  readonly moments: Moments;
  readonly #parts: OpenCallParts;
  readonly #told: Listeners;

  constructor(parts: OpenCallParts, told: Listeners) {
    this.reply = parts.reply;
    this.moments = parts.moments;
    this.#parts = parts;
    this.#told = told;
  }

  abandoned(): void {
    this.#failed({ reason: 'timeout', message: 'the caller gave up' });
  }

  delivered(): void {
    const { outcome } = this.#parts;
    switch (outcome.kind) {
      case 'silent':
        return;
      case 'failed':
        return this.#failed(outcome.failure);
      case 'answered': {
        const spoilt = spoiltBy(outcome);
        return spoilt === null ? this.#answered(outcome.answer) : this.#failed(spoilt);
      }
    }
  }

  #answered(answer: Answer): void {
    const { asked, id, cause, keeps } = this.#parts;
    const { world, book, threads, answered } = this.#told;
    const { agent } = asked;
    book.close(asked, 'answered');
    const { content, toolCalls, finishReason, usage } = answer;
    if (keeps !== null) {
      const messages = [...asked.messages, { role: 'assistant', content, toolCalls } as const];
      threads.set(keeps.replyId, { messages, tools: asked.tools, how: keeps.how });
    }
    const seq = world.log(
      { kind: 'model.answered', call: id, agent, content, toolCalls, finishReason, usage },
      cause,
    );
    answered(asked, answer, seq);
  }

  #failed(failure: Ended): void {
    const { asked, id, cause } = this.#parts;
    const { reason, message, status = null } = failure;
    const { world, book } = this.#told;
    book.close(asked, 'failed');
    world.doubles.model.missed?.(asked);
    world.log({ kind: 'model.failed', call: id, agent: asked.agent, reason, status, message }, cause);
  }
}

const unreadable: Ended = { reason: 'cut', message: 'the answer could not be read' };
const cutOff: Ended = { reason: 'cut', message: 'the answer ended before it was whole' };

/** Why an answer that was on its way is none; null where it is one. */
function spoiltBy({ delivery: { end, mishap } }: Extract<ModelOutcome, { kind: 'answered' }>): Ended | null {
  if (end.kind === 'failed') return end.failure;
  if (end.kind !== 'complete') return cutOff;
  return mishap?.kind === 'malformed' ? unreadable : null;
}
