// Usage marks: when each recording of a folder was last replayed, kept beside the cassettes for `muster cassettes prune`.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { wallClock } from '../../base/clock.ts';
import { MusterError } from '../../base/muster-error.ts';
import { readJson } from '../../base/json-text.ts';
import { writeWhole } from '../../base/whole-file.ts';
import { recordingName, type Recording } from './recording.ts';

/** Begins with a dot: no cassette, and nothing for version control. */
export const marksFile = '.used.json';

const marksSchema = z.strictObject({
  schemaVersion: z.literal(1),
  used: z.record(z.string(), z.iso.datetime()),
});

/** By the name of the recording, when it was last used (ISO 8601); null where no run has left marks. */
export function readMarks(folder: string): ReadonlyMap<string, string> | null {
  const path = join(folder, marksFile);
  if (!existsSync(path)) return null;
  const read = readJson(readFileSync(path, 'utf8'));
  const marks = marksSchema.safeParse(read.kind === 'value' ? read.value : null);
  if (marks.success) return new Map(Object.entries(marks.data.used));
  throw new MusterError({
    code: 'CASSETTE_MARKS_CORRUPT',
    place: path,
    message: 'the marks of used recordings cannot be read',
    hint: 'delete the file, and run with --mark-used again',
  });
}

/** Collects marks, and adds them to those of earlier runs when it is told to. */
export class UsageMarks {
  readonly #folder: string;
  readonly #used = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  mark(recording: Recording): void {
    this.#used.set(recordingName(recording), new Date(wallClock.now()).toISOString());
  }

  write(): void {
    const all = [...(readMarks(this.#folder) ?? []), ...this.#used].sort(([one], [other]) =>
      one < other ? -1 : 1,
    );
    const marks = { schemaVersion: 1, used: Object.fromEntries(all) };
    writeWhole(join(this.#folder, marksFile), `${JSON.stringify(marks, null, 2)}\n`);
  }
}
