// A sent reply: what a provider itself put on the wire. It goes to the caller as it is, unless a fault bends the answer.
import type { Answer } from '../team/ask.ts';

export interface SentReply {
  readonly status: number;
  /** Those that matter to clients, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** An answer, and how its provider said it. */
export interface SentAnswer extends Answer {
  readonly sent: SentReply;
  /** Under which a later request may continue it; null where none does. */
  readonly replyId: string | null;
}

export function isSent(answer: Answer): answer is SentAnswer {
  return 'sent' in answer;
}

/** The answer alone, for those who keep or bend it. */
export function unsent({ sent: _sent, replyId: _replyId, ...answer }: SentAnswer): Answer {
  return answer;
}
