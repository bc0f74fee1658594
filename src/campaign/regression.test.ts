// Regressions: written whole, read back as they were, and refused with the place when a file is damaged.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inject, plan } from '../chaos/plan-builder.ts';
import { parseRegression, type Regression } from './regression.ts';
import { keepRegression, readRegression, readRegressions } from './regression-files.ts';

const drop = plan('drops', 'it holds', [inject('handoff.drop', {}, { kind: 'nth', n: 2 })]);
const kept: Regression = {
  schemaVersion: 1,
  id: 'sales-drop-1a2b',
  scenario: 'sales/holds',
  seed: 7,
  plan: drop,
  outcome: 'silent failure',
  why: 'the result differs',
};
const text = (changes: object): string => JSON.stringify({ ...kept, ...changes });

describe('a regression', () => {
  it('is read as it was written', () => {
    expect(parseRegression(JSON.stringify(kept), 'r.json')).toEqual(kept);
  });

  it('of a run without chaos is read as well: its seed alone is the reproduction', () => {
    const calm = { ...kept, plan: { schemaVersion: 1, name: 'none', hypothesis: '', injections: [] } };
    expect(parseRegression(JSON.stringify(calm), 'r.json')).toEqual(calm);
  });

  it.each([
    ['no JSON', '{"schemaVersion":1', 'r.json'],
    ['half a file', JSON.stringify(kept).slice(0, 60), 'r.json'],
    ['empty', '', 'r.json'],
    ['another version', text({ schemaVersion: 2 }), 'r.json, schemaVersion'],
    ['a seed that is none', text({ seed: -1 }), 'r.json, seed'],
    ['no scenario', text({ scenario: '' }), 'r.json, scenario'],
    ['a list', '[]', 'r.json, top'],
  ])('that is damaged (%s) is refused with its place, and what to do', (_how, damaged, place) => {
    expect(() => parseRegression(damaged, 'r.json')).toThrow(
      expect.objectContaining({
        code: 'REGRESSION_CORRUPT',
        place,
        hint: expect.stringContaining('version control'),
      }),
    );
  });

  it('whose plan names a fault that is not there is refused with the place in the plan', () => {
    const plans = { ...drop, injections: [{ ...drop.injections[0], fault: { kind: 'handoff.drip' } }] };
    expect(() => parseRegression(text({ plan: plans }), 'r.json')).toThrow(
      expect.objectContaining({ code: 'PLAN_UNKNOWN_FAULT', place: 'r.json, plan.injections[0].fault.kind' }),
    );
  });
});

describe('regression files', () => {
  const root = mkdtempSync(join(tmpdir(), 'muster-regressions-'));
  afterAll(() => rmSync(root, { recursive: true }));

  it('are none before the first is kept', () => {
    expect(readRegressions(root, 'sales/holds')).toEqual([]);
  });

  it('come back by scenario, in the order of their names, and leave nothing half-written', () => {
    const other = { ...kept, id: 'a-first', seed: 8 };
    const path = keepRegression(root, kept);
    keepRegression(root, other);
    keepRegression(root, { ...kept, id: 'else', scenario: 'retail/else' });
    expect(readRegressions(root, 'sales/holds')).toEqual([other, kept]);
    expect(readRegression(root, path)).toEqual(kept);
    expect(readdirSync(join(root, 'fixtures/regressions'))).toEqual([
      'a-first.json',
      'else.json',
      `${kept.id}.json`,
    ]);
  });

  it('are replaced when the same failure is kept again', () => {
    keepRegression(root, { ...kept, why: 'again' });
    expect(readRegressions(root, 'sales/holds').map(({ why }) => why)).toEqual([
      'the result differs',
      'again',
    ]);
  });

  it('that are damaged name the file', () => {
    writeFileSync(join(root, 'fixtures/regressions/torn.json'), '{');
    expect(() => readRegressions(root, 'sales/holds')).toThrow(
      expect.objectContaining({
        code: 'REGRESSION_CORRUPT',
        place: join('fixtures', 'regressions', 'torn.json'),
      }),
    );
  });
});
