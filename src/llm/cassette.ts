// The cassette: a model double that replays recorded answers, each to the agent and the request it was recorded for.
import { canonicalJson } from '../base/canonical.ts';
import type { Ask } from '../team/ask.ts';
import { unattributed } from './attribution.ts';
import { cassetteMiss } from './cassette-miss.ts';
import type { ModelDouble } from './double.ts';
import { FailedCall } from './failed-call.ts';
import {
  askChanges,
  createDigester,
  type AskDigest,
  type Cassette,
  type RecordedAsk,
  type Recording,
} from './recording.ts';

export interface ReplayParts {
  readonly cassette: Cassette;
  /** Where the cassette comes from, for messages. */
  readonly place?: string;
  /**
   * A recording of the same agent with the same conversation, made before its system prompt, tools, schema or model
   * changed: `warn` (the default) replays it and says so once, `miss` refuses it.
   */
  readonly stale?: 'warn' | 'miss';
  readonly warn?: (message: string) => void;
}

/** Throws `MusterError` CASSETTE_MISS, with the nearest recording, when nothing was recorded for a request. */
export function replay({ cassette, place = cassette.team, stale = 'warn', warn }: ReplayParts): ModelDouble {
  const exact = indexed(cassette.recordings, (recording) => recording.key);
  const loose = indexed(cassette.recordings, (recording) => looseKey(recording.agent, recording.ask));
  const digestOf = createDigester(cassette.redaction);
  const warned = new Set<string>();
  const findStale = (ask: Ask, digest: AskDigest): readonly Recording[] | undefined => {
    if (stale === 'miss' || ask.agent === unattributed) return undefined;
    const found = loose.get(looseKey(ask.agent, digest.ask));
    const changed = found === undefined ? [] : askChanges(found[0]!.ask, digest.ask);
    const message = `${place}: recordings of agent '${ask.agent}' are stale (${changed.join(', ')} changed since); record them again`;
    if (found !== undefined && !warned.has(message)) {
      warned.add(message);
      warn?.(message);
    }
    return found;
  };
  return {
    name: `cassette ${place}`,
    answer: (ask) => {
      const digest = digestOf(ask);
      const found = exact.get(digest.key) ?? findStale(ask, digest);
      if (found === undefined) throw cassetteMiss({ ask, digest, cassette, place });
      const { outcome } = ordinal(found, ask);
      if (outcome.kind === 'failure') throw new FailedCall(outcome.failure);
      return outcome.answer;
    },
  };
}

/**
 * Of several recordings of one request, that of the turn asked for, else of the last one before it; and of its
 * attempts likewise. A call that chaos swallowed therefore uses up no recording.
 */
function ordinal(recordings: readonly Recording[], ask: Ask): Recording {
  const turns = upTo(recordings, (one) => one.turn, ask.turn);
  return upTo(turns, (one) => one.attempt, ask.attempt)[0]!;
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

function indexed(
  recordings: readonly Recording[],
  keyOf: (recording: Recording) => string,
): ReadonlyMap<string, readonly Recording[]> {
  const index = new Map<string, Recording[]>();
  for (const recording of recordings) {
    const key = keyOf(recording);
    const group = index.get(key);
    if (group === undefined) index.set(key, [recording]);
    else group.push(recording);
  }
  return index;
}

function looseKey(agent: string, ask: RecordedAsk): string {
  return canonicalJson([agent, ask.messages]);
}
