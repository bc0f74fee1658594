// Cassettes in use: a folder of them replayed, filled up where something is missing, or recorded anew.
import { MusterError } from '../base/muster-error.ts';
import type { Answer } from '../team/ask.ts';
import { given, replay, type ReplayParts } from './cassette.ts';
import { CassetteFolder, readFolder, unionOf } from './cassette-folder.ts';
import type { ModelDouble } from './double.ts';
import { record, usualRedaction } from './record.ts';
import { createDigester } from './recording.ts';
import type { Recording } from './recording.ts';
import { RecordingIndex } from './recording-index.ts';
import type { Redaction } from './redaction.ts';
import { upstream, type Upstreams } from './upstream.ts';

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
  const live = liveOf(parts);
  return mode === 'all' ? recorded(live, store) : filledUp(live, store, parts);
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

function recorded(
  live: ModelDouble,
  store: CassetteFolder,
  onRecorded?: (recording: Recording) => void,
): ModelDouble {
  const { team, redaction } = store.cassette();
  return record({
    of: live,
    team,
    redaction,
    onRecorded: (recording) => {
      store.put(recording);
      onRecorded?.(recording);
    },
  }).double;
}

/** Only the very request, turn and attempt counts as there: a changed request is recorded, not replayed as stale. */
function filledUp(live: ModelDouble, store: CassetteFolder, { onUsed }: CassettesParts): ModelDouble {
  const { recordings, redaction } = store.cassette();
  const index = new RecordingIndex(recordings);
  const digestOf = createDigester(redaction);
  const recorder = recorded(live, store, (recording) => index.add(recording));
  return {
    name: recorder.name,
    answer: (ask, random, request): Answer | Promise<Answer> => {
      const same = index.same(digestOf(ask, request).key);
      const there = same.find(({ turn, attempt }) => turn === ask.turn && attempt === ask.attempt);
      if (there === undefined) return recorder.answer(ask, random, request);
      onUsed?.(there);
      return given(there.outcome, request);
    },
  };
}

function liveOf({ live, folder }: CassettesParts): ModelDouble {
  if (live !== undefined && 'answer' in live) return live;
  if (live !== undefined && Object.keys(live).length > 0) return upstream(live);
  throw new MusterError({
    code: 'RECORD_NOBODY',
    place: folder,
    message: 'recording needs somebody to ask',
    hint: 'name a provider: --upstream openai=https://api.openai.com/v1',
  });
}
