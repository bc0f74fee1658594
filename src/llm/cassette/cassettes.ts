// Cassettes in use: a folder of them replayed, filled up where something is missing, or recorded anew.
import { MusterError } from '../../base/muster-error.ts';
import type { NowOrLater } from '../../base/now-or-later.ts';
import type { Answer } from '../../team/ask.ts';
import { given, replay, type ReplayParts } from './cassette.ts';
import { CassetteFolder, readFolder, unionOf } from './cassette-folder.ts';
import type { ModelDouble } from '../double.ts';
import { record, usualRedaction } from './record.ts';
import { createDigester, recordingName, type Recording } from './recording.ts';
import { RecordingIndex } from './recording-index.ts';
import type { Redaction } from '../redaction/redaction.ts';
import { upstream, type Upstreams } from './upstream.ts';
import { withKeys } from './upstream-key.ts';

/** `none`: replay, nothing else. `missing`: replay what is there, record the rest. `all`: record everything anew. */
export type RecordMode = 'none' | 'missing' | 'all';

export interface CassettesParts extends Pick<ReplayParts, 'stale' | 'warn' | 'onUsed'> {
  readonly folder: string;
  /** Absent: `none`. */
  readonly mode?: RecordMode;
  /** Who is asked what is to be recorded: real providers by their base URLs, or any double. */
  readonly live?: Upstreams | ModelDouble;
  /** Of what is recorded. Absent: secrets and contacts. */
  readonly redaction?: Redaction;
}

/**
 * Throws `MusterError`: CASSETTE_NONE for an empty folder without recording, RECORD_NOBODY for recording from nobody,
 * CASSETTE_MISMATCH, and what reading the files throws.
 */
export function cassettes(parts: CassettesParts): ModelDouble {
  const { folder, mode = 'none' } = parts;
  if (mode === 'none') return replayed(parts);
  const store = new CassetteFolder(folder, {
    redaction: parts.redaction ?? usualRedaction,
    others: mode === 'all' ? 'dropped' : 'kept',
  });
  const { redaction, recordings } = store.cassette();
  const recording = { live: liveOf(parts), store, redaction, there: mode === 'all' ? [] : recordings };
  return withKeys(recorded(recording, parts), upstreamsOf(parts));
}

function replayed({ folder, stale, warn, onUsed }: CassettesParts): ModelDouble {
  const files = readFolder(folder);
  if (files.length === 0) {
    throw new MusterError({
      code: 'CASSETTE_NONE',
      place: folder,
      message: 'there is no cassette in this folder',
      hint: 'record one first',
    });
  }
  return replay({
    cassette: unionOf(files, folder),
    place: folder,
    ...(stale === undefined ? {} : { stale }),
    ...(warn === undefined ? {} : { warn }),
    ...(onUsed === undefined ? {} : { onUsed }),
  });
}

interface RecordingParts {
  readonly live: ModelDouble;
  readonly store: CassetteFolder;
  readonly redaction: Redaction;
  /** What need not be recorded. */
  readonly there: readonly Recording[];
}

/**
 * Each request, turn and attempt is asked for once: runs that are recorded side by side and ask the same get the same
 * answer, as they will at replay. Only the very request counts as there: a changed one is recorded, not stale.
 */
function recorded(
  { live, store, redaction, there }: RecordingParts,
  { onUsed }: CassettesParts,
): ModelDouble {
  const index = new RecordingIndex(there);
  const digestOf = createDigester(redaction);
  const underWay = new Map<string, Promise<Answer>>();
  const recorder = record({
    of: live,
    team: store.cassette().team,
    redaction,
    onRecorded: (recording) => {
      store.put(recording);
      index.add(recording);
    },
  }).double;
  return {
    name: recorder.name,
    answer: (ask, random, request): NowOrLater<Answer> => {
      const { turn, attempt } = ask;
      const { key } = digestOf(ask, request);
      const known = index.same(key).find((one) => one.turn === turn && one.attempt === attempt);
      if (known !== undefined) {
        onUsed?.(known);
        return given(known.outcome, request);
      }
      const name = recordingName({ key, turn, attempt });
      const asked = underWay.get(name) ?? recorder.answer(ask, random, request);
      if (asked instanceof Promise && !underWay.has(name)) {
        underWay.set(name, asked);
        const over = (): void => void underWay.delete(name);
        asked.then(over, over);
      }
      return asked;
    },
  };
}

/** None where a double is asked. */
function upstreamsOf({ live = {} }: CassettesParts): Upstreams {
  return 'answer' in live ? {} : live;
}

function liveOf(parts: CassettesParts): ModelDouble {
  const { live, folder } = parts;
  if (live !== undefined && 'answer' in live) return live;
  const upstreams = upstreamsOf(parts);
  if (Object.keys(upstreams).length > 0) return upstream(upstreams);
  throw new MusterError({
    code: 'RECORD_NOBODY',
    place: folder,
    message: 'recording needs somebody to ask',
    hint: 'name a provider: --upstream openai=https://api.openai.com/v1',
  });
}
