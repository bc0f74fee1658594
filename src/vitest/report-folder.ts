// The report folder: `reports/latest`, exchanged as a whole, so that a reader never sees half a report.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { MusterError } from '../base/muster-error.ts';

const reports = 'reports';
/** Relative to the root. */
export const latestReport = `${reports}/latest`;

const ownFiles: readonly string[] = [
  'trials.jsonl',
  'summary.json',
  'index.html',
  'junit.xml',
  'summary.md',
  'subject.json',
];
const unfinishedName = /^\.(?:next|previous)-(\d+)$/;

/** Throws `REPORTS_UNWRITABLE` before anything has been measured, rather than after. */
export function requireWritableReports(root: string): void {
  attempt(() => {
    const probe = join(root, reports, `.next-${process.pid}`);
    mkdirSync(probe, { recursive: true });
    rmSync(probe, { recursive: true });
    if (existsSync(join(root, latestReport)) && !lstatSync(join(root, latestReport)).isDirectory())
      throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
  });
}

/**
 * Writes the files (path relative to the folder, to text) and takes away those of the last run. A file that is not one
 * of ours stays. Throws `REPORTS_UNWRITABLE`; the last report is then as it was.
 */
export function writeReport(root: string, files: ReadonlyMap<string, string>): void {
  attempt(() => {
    const latest = join(root, latestReport);
    const next = join(root, reports, `.next-${process.pid}`);
    try {
      writeAll(next, files);
      exchange(latest, next, join(root, reports, `.previous-${process.pid}`));
    } catch (error) {
      rmSync(next, { recursive: true, force: true });
      throw error;
    }
    for (const name of abandoned(join(root, reports))) takeAway(join(root, reports, name), latest);
  });
}

function writeAll(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function exchange(latest: string, next: string, previous: string): void {
  const had = existsSync(latest);
  if (had) renameSync(latest, previous);
  try {
    renameSync(next, latest);
  } catch (error) {
    if (had) renameSync(previous, latest);
    throw error;
  }
  if (had) takeAway(previous, latest);
}

/** Removes an old report; what is not ours in it moves to the new one. */
function takeAway(old: string, latest: string): void {
  for (const path of foreignIn(old)) {
    if (existsSync(join(latest, path))) continue;
    mkdirSync(dirname(join(latest, path)), { recursive: true });
    renameSync(join(old, path), join(latest, path));
  }
  rmSync(old, { recursive: true, force: true });
}

function foreignIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    if (ownFiles.includes(name)) return [];
    if (name !== 'failures' || !statSync(join(folder, name)).isDirectory()) return [name];
    const strangers = readdirSync(join(folder, name)).filter((failure) => !failure.endsWith('.json'));
    return strangers.map((stranger) => join(name, stranger));
  });
}

/** Folders of runs that were killed while they wrote. */
function abandoned(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => {
    const pid = unfinishedName.exec(name)?.[1];
    return pid !== undefined && Number(pid) !== process.pid && !isAlive(Number(pid));
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function attempt(write: () => void): void {
  try {
    write();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new MusterError(
      {
        code: 'REPORTS_UNWRITABLE',
        place: latestReport,
        message: 'the report cannot be written',
        value: code,
        hint: `make ${reports}/ a folder that you may write to, with room on its disk`,
      },
      { cause: error },
    );
  }
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
