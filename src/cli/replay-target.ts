// What is to be replayed: a failure by its id, a failure or regression file, or a trial by its number.
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { MusterError } from '../base/muster-error.ts';
import { readRegression } from '../campaign/regression-files.ts';
import { nearestName } from '../chaos/nearest-name.ts';
import { latestReport } from '../vitest/report-folder.ts';
import { wholeNumber } from '../vitest/setting-text.ts';
import type { ReplaySettings } from '../vitest/settings.ts';

export interface ReplayFlags {
  readonly scenario?: string;
  readonly trial?: string;
  readonly seed?: string;
  readonly step?: boolean;
}

/** Where files live that an id may name, the newest first. */
const folders = [join(latestReport, 'failures'), join('fixtures', 'regressions')];

/** Throws `REPLAY_NOTHING`, `REPLAY_NOT_FOUND`, `BAD_TRIAL`, or what is wrong with the file. */
export function replayTarget(name: string | undefined, flags: ReplayFlags, root: string): ReplaySettings {
  if (name === undefined) return byNumber(flags);
  const path = pathOf(name, root);
  return { scenario: readRegression(root, path).scenario, from: { kind: 'file', path } };
}

function byNumber({ scenario, trial }: ReplayFlags): ReplaySettings {
  if (scenario === undefined || trial === undefined)
    throw new MusterError({
      code: 'REPLAY_NOTHING',
      message: 'nothing says which trial is meant',
      hint: 'muster replay <id|file>, or muster replay --scenario <id> --trial <n> --seed <n>',
    });
  const number = wholeNumber(trial);
  if (number !== null) return { scenario, from: { kind: 'trial', trial: number } };
  throw new MusterError({
    code: 'BAD_TRIAL',
    place: '--trial',
    message: 'trials are numbered from 0 on',
    value: trial,
    hint: 'the replay line of a trial in trials.jsonl names its number',
  });
}

function pathOf(name: string, root: string): string {
  const candidates = [resolve(name), ...folders.map((folder) => join(root, folder, `${name}.json`))];
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return relative(root, found);
  const known = folders.flatMap((folder) => idsIn(join(root, folder)));
  const near = nearestName(basename(name, '.json'), known);
  throw new MusterError({
    code: 'REPLAY_NOT_FOUND',
    place: folders.join(' and '),
    message: 'there is no failure and no file of this name',
    value: name,
    hint: near === '' ? 'no failure is kept; a failing `muster run` keeps one' : `the nearest is ${near}`,
  });
}

function idsIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => (name.endsWith('.json') ? [basename(name, '.json')] : []));
}
