// What is to be replayed, found by id, by file, or by number.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replayTarget } from './replay-target.ts';

describe('the target of a replay', () => {
  const root = mkdtempSync(join(tmpdir(), 'muster-'));
  const regression = {
    schemaVersion: 1,
    id: 'sales-x-1',
    scenario: 'sales/x',
    seed: 3,
    plan: {
      schemaVersion: 1,
      name: 'p',
      hypothesis: 'h',
      injections: [{ fault: { kind: 'llm.hang' }, trigger: { kind: 'nth', n: 1 } }],
    },
    outcome: 'hung',
    why: 'it waits',
  };

  beforeAll(() => {
    for (const folder of ['reports/latest/failures', 'fixtures/regressions'])
      mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'fixtures/regressions/sales-x-1.json'), JSON.stringify(regression));
    writeFileSync(join(root, 'reports/latest/failures/cut.json'), '{"schemaVersion":1,');
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('is a kept file, by its id or by its path', () => {
    const from = { kind: 'file', path: join('fixtures', 'regressions', 'sales-x-1.json') };
    expect(replayTarget('sales-x-1', {}, root)).toEqual({ scenario: 'sales/x', from });
    expect(replayTarget(join(root, from.path), {}, root)).toEqual({ scenario: 'sales/x', from });
  });

  it('is a trial by its number', () => {
    const flags = { scenario: 'a/b', trial: '12' };
    expect(replayTarget(undefined, flags, root)).toEqual({
      scenario: 'a/b',
      from: { kind: 'trial', trial: 12 },
    });
  });

  it('that is not there is told the nearest', () => {
    expect(() => replayTarget('sales-x-2', {}, root)).toThrow(/REPLAY_NOT_FOUND.*nearest is sales-x-1/s);
  });

  it('that is corrupt is told with its place', () => {
    expect(() => replayTarget('cut', {}, root)).toThrow(
      /^\[REGRESSION_CORRUPT\] at reports\/latest\/failures\/cut\.json: .*\n {2}hint: /,
    );
  });

  it('must be named', () => {
    expect(() => replayTarget(undefined, { scenario: 'a/b' }, root)).toThrow('[REPLAY_NOTHING]');
    expect(() => replayTarget(undefined, { scenario: 'a/b', trial: '-1' }, root)).toThrow('[BAD_TRIAL]');
  });
});
