// The cassette miss: which recording came nearest to a request that has none, and where the two part.
import { canonicalJson } from '../../base/canonical.ts';
import { MusterError } from '../../base/muster-error.ts';
import type { Ask, Message } from '../../team/ask.ts';
import { askChanges, type AskDigest, type Cassette, type Recording } from './recording.ts';

export interface MissParts {
  readonly ask: Ask;
  readonly digest: AskDigest;
  readonly cassette: Cassette;
  readonly place: string;
}

const excerptChars = 60;

export function cassetteMiss(parts: MissParts): MusterError {
  const { ask, place } = parts;
  const nearest = nearestRecording(parts);
  return new MusterError({
    code: 'CASSETTE_MISS',
    message: `no answer is recorded for agent '${ask.agent}' (turn ${ask.turn}, model ${ask.model}).${
      nearest === null ? ' The cassette is empty.' : `\n  nearest: ${differenceText(nearest, parts)}`
    }`,
    place,
    hint: `record it again with record(), or correct what the agent is asked; a retry or a renamed agent has another key`,
  });
}

/** Of the same agent where there is one; then the longest common beginning, then the most alike next message. */
function nearestRecording({ ask, digest, cassette }: MissParts): Recording | null {
  const own = cassette.recordings.filter((one) => one.agent === ask.agent);
  let best: Recording | null = null;
  let bestScore = -1;
  for (const one of own.length > 0 ? own : cassette.recordings) {
    const score =
      likeness(one.ask.messages, digest.ask.messages) - askChanges(one.ask, digest.ask).length / 10;
    if (best !== null && score <= bestScore) continue;
    best = one;
    bestScore = score;
  }
  return best;
}

/** Whole messages in common at the beginning, and the share of the next one. */
function likeness(one: readonly Message[], other: readonly Message[]): number {
  const at = firstDifference(one, other);
  const texts = [messageText(one[at]), messageText(other[at])] as const;
  const longest = Math.max(texts[0].length, texts[1].length, 1);
  return at + commonStart(...texts) / longest;
}

function differenceText(nearest: Recording, { ask, digest, cassette }: MissParts): string {
  const place = cassette.recordings.indexOf(nearest) + 1;
  const name = `recording ${place} (agent '${nearest.agent}', turn ${nearest.turn})`;
  const changed = askChanges(nearest.ask, digest.ask);
  const also = changed.length === 0 ? '' : `; ${changed.join(', ')} changed too`;
  const at = firstDifference(nearest.ask.messages, digest.ask.messages);
  const [before, now] = [nearest.ask.messages[at], digest.ask.messages[at]];
  if (before === undefined && now === undefined) {
    if (changed.length > 0) return `${name} has the same conversation, but another ${changed.join(', ')}`;
    return nearest.agent === ask.agent
      ? `${name} has the same conversation, but the system message stands elsewhere`
      : `${name} has the same request, made by another agent`;
  }
  const [recorded, asked] = excerpts(messageText(before), messageText(now));
  return `${name}, message ${at + 1} (${(now ?? before)?.role ?? ''}) differs${also}\n    recorded: ${recorded}\n    asked:    ${asked}`;
}

function firstDifference(one: readonly Message[], other: readonly Message[]): number {
  let at = 0;
  while (at < one.length && at < other.length && canonicalJson(one[at]) === canonicalJson(other[at])) at += 1;
  return at;
}

function messageText(message: Message | undefined): string {
  if (message === undefined) return '';
  return message.role === 'assistant' && message.toolCalls.length > 0
    ? `${message.content}${canonicalJson(message.toolCalls)}`
    : message.content;
}

/** Both texts around the place where they part. */
function excerpts(one: string, other: string): readonly [string, string] {
  const start = Math.max(0, commonStart(one, other) - excerptChars / 3);
  return [excerpt(one, start), excerpt(other, start)];
}

function excerpt(text: string, start: number): string {
  if (text === '') return '(no message)';
  const end = start + excerptChars;
  return JSON.stringify(`${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`);
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return length;
}
