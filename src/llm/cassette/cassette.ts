// The cassette: a model double that replays recorded answers, each to the agent and the request it was recorded for.
import type { NowOrLater } from '../../base/now-or-later.ts';
import type { Answer } from '../../team/ask.ts';
import { cassetteMiss } from './cassette-miss.ts';
import type { ModelDouble, ModelRequest } from '../double.ts';
import { FailedCall } from '../failed-call.ts';
import { readSent } from './read-sent.ts';
import {
  createDigester,
  textOfBody,
  type Cassette,
  type Digester,
  type Recorded,
  type Recording,
} from './recording.ts';
import { recordingFor, RecordingIndex } from './recording-index.ts';
import type { SentReply } from '../sent-reply.ts';
import { StaleRecordings } from './stale-recordings.ts';

export interface ReplayParts {
  readonly cassette: Cassette;
  /** Where the cassette comes from, for messages. */
  readonly place?: string;
  /**
   * A recording of the same agent with the same conversation, made before its system prompt, tools, schema, settings
   * or model changed: `warn` (the default) replays it and says so once, `miss` refuses it.
   */
  readonly stale?: 'warn' | 'miss';
  readonly warn?: (message: string) => void;
  /** Hears of every recording that was replayed. */
  readonly onUsed?: (recording: Recording) => void;
}

/**
 * Throws `MusterError` CASSETTE_MISS, with the nearest recording, when nothing was recorded for a request, and
 * CASSETTE_TWO_REQUESTS when what was taken for one changed request turns out to be two.
 */
export function replay(parts: ReplayParts): ModelDouble {
  const { cassette } = parts;
  const shared: Shared = {
    index: new RecordingIndex(cassette.recordings),
    digestOf: createDigester(cassette.redaction),
    told: new Set(),
  };
  return { ...replayed(parts, shared), begin: () => replayed(parts, shared) };
}

/** What all runs on one cassette have in common. */
interface Shared {
  readonly index: RecordingIndex;
  readonly digestOf: Digester;
  readonly told: Set<string>;
}

/** One run's replay: what is stale is judged by what the run asks. */
function replayed(parts: ReplayParts, { index, digestOf, told }: Shared): ModelDouble {
  const { cassette, place = cassette.team, stale = 'warn', warn = () => undefined, onUsed } = parts;
  const old = new StaleRecordings({ place, warn, told });
  return {
    name: `cassette ${place}`,
    answer: (ask, _random, request) => {
      const digest = digestOf(ask, request);
      const same = index.same(digest.key);
      if (same.length > 0) old.asRecorded(digest.key);
      const found = same.length > 0 || stale === 'miss' ? same : old.find(ask, digest, index);
      const recording = recordingFor(found, ask);
      if (recording === null) throw cassetteMiss({ ask, digest, cassette, place });
      onUsed?.(recording);
      return given(recording.outcome, request);
    },
  };
}

/** What was recorded, as a double gives it. */
export function given(outcome: Recorded, request: ModelRequest | undefined): NowOrLater<Answer> {
  switch (outcome.kind) {
    case 'answer':
      return outcome.answer;
    case 'failure':
      throw new FailedCall(outcome.failure);
    case 'sent':
      return readSent(sentReply(outcome), request);
  }
}

function sentReply({ status, headers, body }: Extract<Recorded, { kind: 'sent' }>): SentReply {
  return { status, headers, text: textOfBody(body) };
}
