// A folder of cassettes: what all of its files hold, and the file to which each agent's recordings go.
import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fingerprintText } from '../../base/fingerprint.ts';
import { MusterError } from '../../base/muster-error.ts';
import { readCassette, writeCassette } from './cassette-file.ts';
import { recordingName, type Cassette, type Recording } from './recording.ts';
import type { Redaction } from '../redaction/redaction.ts';

export interface CassetteFile {
  readonly path: string;
  readonly cassette: Cassette;
}

/** In the order of their names. Throws `MusterError`: CASSETTE_UNREADABLE, CASSETTE_CORRUPT. */
export function readFolder(folder: string): readonly CassetteFile[] {
  return cassettePaths(folder).map((path) => ({ path, cassette: readCassette(path) }));
}

/** As one cassette. Throws `MusterError` CASSETTE_MISMATCH for files whose redactions differ. */
export function unionOf(files: readonly CassetteFile[], folder: string): Cassette {
  const redactions = new Set(files.map(({ cassette }) => cassette.redaction));
  const [redaction = 'secretsAndContacts'] = redactions;
  if (redactions.size > 1) {
    throw new MusterError({
      code: 'CASSETTE_MISMATCH',
      place: folder,
      message: `the cassettes of this folder were redacted in different ways: ${[...redactions].join(', ')}`,
      hint: 'keep them in two folders, or record all of them in one way',
    });
  }
  const recordings = files.flatMap(({ cassette }) => cassette.recordings);
  return { schemaVersion: 1, team: basename(resolve(folder)), redaction, recordings };
}

/** Where recordings are put as they are made: an agent's go where it has some already, else to a file of its own. */
export class CassetteFolder {
  readonly #folder: string;
  readonly #redaction: Redaction;
  readonly #files = new Map<string, Cassette>();
  /** Agents of whom something was recorded since the folder was opened. */
  readonly #begun = new Set<string>();
  readonly #others: 'kept' | 'dropped';

  /** `others`: what becomes of an agent's older recordings once it is recorded anew. */
  constructor(
    folder: string,
    { redaction, others }: { readonly redaction: Redaction; readonly others: 'kept' | 'dropped' },
  ) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.#redaction = redaction;
    this.#others = others;
    for (const { path, cassette } of readFolder(folder)) this.#files.set(path, cassette);
  }

  /** Everything as it is now. */
  cassette(): Cassette {
    const files = [...this.#files].map(([path, cassette]) => ({ path, cassette }));
    return files.length === 0
      ? { ...this.#emptyFile(), team: basename(resolve(this.#folder)) }
      : unionOf(files, this.#folder);
  }

  /** Writes the agent's file anew. Throws `MusterError`: CASSETTE_UNWRITABLE, CASSETTE_SECRET. */
  put(recording: Recording): void {
    const { agent } = recording;
    const path = this.#pathOf(agent);
    const before = this.#files.get(path) ?? this.#emptyFile();
    const isFirst = !this.#begun.has(agent);
    this.#begun.add(agent);
    const name = recordingName(recording);
    const others = before.recordings.filter(
      (one) => recordingName(one) !== name && !(isFirst && this.#others === 'dropped' && one.agent === agent),
    );
    const after = { ...before, recordings: [...others, recording] };
    this.#files.set(path, after);
    writeCassette(path, after);
  }

  #pathOf(agent: string): string {
    for (const [path, { recordings }] of this.#files)
      if (recordings.some((one) => one.agent === agent)) return path;
    return join(this.#folder, fileNameOf(agent));
  }

  #emptyFile(): Cassette {
    return {
      schemaVersion: 1,
      team: basename(resolve(this.#folder)),
      redaction: this.#redaction,
      recordings: [],
    };
  }
}

/** No name leads out of the folder, and no two agents have one name. */
export function fileNameOf(agent: string): string {
  const plain = agent.replace(/[^a-z0-9_-]+/g, '-').slice(0, 80);
  return plain === agent && plain !== ''
    ? `${plain}.json`
    : `${plain}-${fingerprintText(agent).slice(0, 6)}.json`;
}

/** Files that begin with a dot are none. Throws `MusterError` CASSETTE_UNREADABLE. */
export function cassettePaths(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort()
      .map((name) => join(folder, name));
  } catch (cause) {
    throw new MusterError(
      {
        code: 'CASSETTE_UNREADABLE',
        place: folder,
        message: `the folder of cassettes could not be read: ${cause instanceof Error ? cause.message : String(cause)}`,
        hint: 'record first, or correct the path',
      },
      { cause },
    );
  }
}
