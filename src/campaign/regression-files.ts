// Regression files: one JSON file a failing plan under `fixtures/regressions/`.
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readTextFile, type UnreadableFile } from '../base/text-file.ts';
import { writeWhole } from '../base/whole-file.ts';
import { parseRegression, type Regression } from './regression.ts';

const folder = join('fixtures', 'regressions');

/** The regressions of one scenario, in the order of their file names. */
export function readRegressions(root: string, scenario: string): readonly Regression[] {
  const names = filesIn(join(root, folder)).filter((name) => name.endsWith('.json'));
  const all = names.sort().map((name) => readRegression(root, join(folder, name)));
  return all.filter((regression) => regression.scenario === scenario);
}

const unreadable: UnreadableFile = {
  code: 'REGRESSION_UNREADABLE',
  what: 'the kept failure',
  hint: 'take the file from version control again, or correct the path',
};

/**
 * One regression or failure file, by its path relative to the root. Throws `MusterError`: REGRESSION_UNREADABLE, or what
 * is wrong in the file.
 */
export function readRegression(root: string, path: string): Regression {
  return parseRegression(readTextFile(join(root, path), unreadable), path);
}

/** Keeps a failing plan; returns the file's path relative to the root. The file is whole or not there. */
export function keepRegression(root: string, regression: Regression): string {
  const path = join(folder, `${regression.id}.json`);
  mkdirSync(join(root, folder), { recursive: true });
  writeWhole(join(root, path), `${JSON.stringify(regression, null, 2)}\n`);
  return path;
}

function filesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
