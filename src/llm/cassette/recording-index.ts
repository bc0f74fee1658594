// The index of recordings: found by the whole request, or by its conversation alone where the rest has changed since.
import { canonicalJson } from '../../base/canonical.ts';
import type { Ask } from '../../team/ask.ts';
import { askChanges, type RecordedAsk, type Recording } from './recording.ts';

export class RecordingIndex {
  readonly #exact = new Map<string, Recording[]>();
  readonly #byConversation = new Map<string, Recording[]>();

  constructor(recordings: readonly Recording[]) {
    for (const recording of recordings) this.add(recording);
  }

  add(recording: Recording): void {
    push(this.#exact, recording.key, recording);
    push(this.#byConversation, conversationOf(recording.agent, recording.ask), recording);
  }

  /** Of the same request. */
  same(key: string): readonly Recording[] {
    return this.#exact.get(key) ?? [];
  }

  /**
   * Of the same agent and conversation, made when its prompt, tools, schema, settings or model were others: those of the
   * request that is least unlike this one. None where several are: which of them this one has become, nobody can say.
   */
  older(agent: string, ask: RecordedAsk): readonly Recording[] {
    const found = this.#byConversation.get(conversationOf(agent, ask)) ?? [];
    const unlike = found.map((one) => askChanges(one.ask, ask).length);
    const least = Math.min(...unlike);
    const nearest = found.filter((_one, index) => unlike[index] === least);
    const first = nearest[0];
    return first !== undefined && nearest.every((one) => one.key === first.key) ? nearest : [];
  }
}

/**
 * Of several recordings of one request, that of the turn asked for, else of the last one before it; and of its
 * attempts likewise. A call that chaos swallowed therefore uses up no recording.
 */
export function recordingFor(
  recordings: readonly Recording[],
  ask: Pick<Ask, 'turn' | 'attempt'>,
): Recording | null {
  const turns = upTo(recordings, (one) => one.turn, ask.turn);
  return upTo(turns, (one) => one.attempt, ask.attempt)[0] ?? null;
}

function upTo(
  recordings: readonly Recording[],
  place: (one: Recording) => number,
  wanted: number,
): readonly Recording[] {
  const places = recordings.map(place);
  const before = places.filter((one) => one <= wanted);
  const chosen = before.length > 0 ? Math.max(...before) : Math.min(...places);
  return recordings.filter((one) => place(one) === chosen);
}

function conversationOf(agent: string, ask: RecordedAsk): string {
  return canonicalJson([agent, ask.messages]);
}

function push(index: Map<string, Recording[]>, key: string, recording: Recording): void {
  const group = index.get(key);
  if (group === undefined) index.set(key, [recording]);
  else group.push(recording);
}
