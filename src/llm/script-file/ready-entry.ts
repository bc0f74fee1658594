// A ready entry: an entry of a script with what it is found and answered by.
import type { Condition } from './entry-match.ts';
import type { ReplyAnswer } from './reply-answer.ts';
import type { ScriptEntry } from './script-document.ts';

export interface ReadyEntry {
  /** 0-based place in the file. */
  readonly place: number;
  readonly entry: ScriptEntry;
  readonly conditions: readonly Condition[];
  readonly replies: readonly ReplyAnswer[];
  /** It has one reply, which all get. */
  readonly isSteady: boolean;
}

/** For messages: `entry 3 'greeting'`, 1-based. */
export function nameOf({ place, entry }: ReadyEntry): string {
  return `entry ${place + 1}${entry.name === undefined ? '' : ` '${entry.name}'`}`;
}
