// muster cassettes prune: recordings that no marked run asked for are taken out, once somebody says yes.
import { MusterError } from '../../base/muster-error.ts';
import { rmSync } from 'node:fs';
import { writeCassette } from '../../llm/cassette/cassette-file.ts';
import { readFolder, type CassetteFile } from '../../llm/cassette/cassette-folder.ts';
import { recordingName, type Recording } from '../../llm/cassette/recording.ts';
import { readMarks } from '../../llm/cassette/usage-marks.ts';
import { counted, type Told } from './told.ts';

export interface PruneFlags {
  readonly unusedSince?: string;
  readonly yes?: boolean;
}

/**
 * A file from which everything goes is deleted. Throws `MusterError`: CASSETTE_NO_MARKS where no run has left marks,
 * since then nothing is known to be unused; BAD_USAGE for a date that is none.
 */
export function pruneCassettes(folder: string, { unusedSince, yes = false }: PruneFlags): Told {
  const marks = readMarks(folder);
  if (marks === null) throw noMarks(folder);
  const since = unusedSince === undefined ? null : dayOf(unusedSince);
  const isUsed = (recording: Recording): boolean => {
    const at = marks.get(recordingName(recording));
    return at !== undefined && (since === null || at >= since);
  };
  const rows = readFolder(folder).map((file) => split(file, isUsed));
  if (yes) for (const row of rows) carryOut(row);
  const pruned = rows.reduce((sum, { gone }) => sum + gone.length, 0);
  const listed = rows.flatMap(({ path, gone }) =>
    gone.map(({ agent, turn, attempt, key }) => ({ file: path, agent, turn, attempt, key })),
  );
  return {
    lines: [
      ...listed.map(
        ({ file, agent, turn, key }) => `${file}: agent ${agent}, turn ${turn} (${key.slice(0, 8)})`,
      ),
      yes
        ? `${counted(pruned, 'recording')} taken out`
        : `${counted(pruned, 'recording')} would be taken out; --yes does it`,
    ],
    data: { done: yes, pruned: listed },
    exit: 0,
  };
}

interface Row extends CassetteFile {
  readonly gone: readonly Recording[];
}

function split({ path, cassette }: CassetteFile, isUsed: (recording: Recording) => boolean): Row {
  const gone = cassette.recordings.filter((one) => !isUsed(one));
  return { path, gone, cassette: { ...cassette, recordings: cassette.recordings.filter(isUsed) } };
}

function carryOut({ path, cassette, gone }: Row): void {
  if (gone.length === 0) return;
  if (cassette.recordings.length === 0) rmSync(path);
  else writeCassette(path, cassette);
}

function dayOf(text: string): string {
  const day = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(day.getTime())) return day.toISOString();
  throw new MusterError({
    code: 'BAD_USAGE',
    place: '--unused-since',
    message: 'this is no date',
    value: text,
    hint: 'write it as 2026-11-01',
  });
}

function noMarks(folder: string): MusterError {
  return new MusterError({
    code: 'CASSETTE_NO_MARKS',
    place: folder,
    message: 'no run has marked which recordings it used, so none is known to be unused',
    hint: 'replay everything once with --mark-used: muster gateway --cassettes <folder> --mark-used',
  });
}
