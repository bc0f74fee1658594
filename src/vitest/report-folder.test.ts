// The report folder: exchanged as a whole, and only what is ours goes.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { latestReport, requireWritableReports, writeReport } from './report-folder.ts';

describe('a report', () => {
  let root = '';
  const latest = (...path: readonly string[]): string => join(root, latestReport, ...path);
  const report = (...failures: readonly string[]): ReadonlyMap<string, string> =>
    new Map([
      ['trials.jsonl', failures.join()],
      ...failures.map((id) => [`failures/${id}.json`, id] as const),
    ]);

  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'muster-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  it('takes the place of the last one: files that it has not got are gone', () => {
    writeReport(root, report('one', 'two'));
    writeReport(root, report('three'));
    expect(readFileSync(latest('trials.jsonl'), 'utf8')).toBe('three');
    expect(readdirSync(latest('failures'))).toEqual(['three.json']);
    expect(readdirSync(join(root, 'reports'))).toEqual(['latest']);
  });

  it('leaves what somebody else put into the folder', () => {
    writeReport(root, report('one'));
    writeFileSync(latest('notes.txt'), 'mine');
    writeFileSync(latest('failures', 'notes.md'), 'mine');
    mkdirSync(latest('shots'));
    writeFileSync(latest('shots', '1.png'), 'mine');
    writeReport(root, report());
    for (const path of ['notes.txt', 'failures/notes.md', 'shots/1.png'])
      expect(readFileSync(latest(path), 'utf8')).toBe('mine');
    expect(existsSync(latest('failures', 'one.json'))).toBe(false);
  });

  it('is as it was when the new one cannot be written', () => {
    writeReport(root, report('one'));
    const bad = new Map([
      ['trials.jsonl', 'new'],
      ['trials.jsonl/below', 'a file stands in the way'],
    ]);
    expect(() => writeReport(root, bad)).toThrow('REPORTS_UNWRITABLE');
    expect(readFileSync(latest('trials.jsonl'), 'utf8')).toBe('one');
    expect(readdirSync(join(root, 'reports'))).toEqual(['latest']);
  });

  it('clears away what a killed run left, and keeps strangers that were in it', () => {
    const dead = join(root, 'reports', '.previous-999999999');
    mkdirSync(dead, { recursive: true });
    writeFileSync(join(dead, 'summary.json'), 'old');
    writeFileSync(join(dead, 'notes.txt'), 'mine');
    writeReport(root, report('one'));
    expect(readdirSync(join(root, 'reports'))).toEqual(['latest']);
    expect(readFileSync(latest('notes.txt'), 'utf8')).toBe('mine');
    expect(existsSync(latest('summary.json'))).toBe(false);
  });

  it('is refused before anything runs when reports/ or reports/latest is a file', () => {
    mkdirSync(join(root, 'reports'));
    requireWritableReports(root);
    writeFileSync(latest(), '');
    expect(() => requireWritableReports(root)).toThrow(/REPORTS_UNWRITABLE.* at reports\/latest.*ENOTDIR/s);
    rmSync(join(root, 'reports'), { recursive: true });
    writeFileSync(join(root, 'reports'), '');
    expect(() => requireWritableReports(root)).toThrow(/REPORTS_UNWRITABLE.*hint: /s);
  });
});
