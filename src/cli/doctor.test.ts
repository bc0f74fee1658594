// The doctor's checks on a healthy machine, and what they say of a sick one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDeterminism } from './doctor/determinism.ts';
import { checkNetwork } from './doctor/network.ts';
import { checkNode } from './doctor/node-version.ts';
import { checkReports } from './doctor/reports.ts';

describe('the doctor', () => {
  it.for([
    ['20.18.3', 'fail'],
    ['18.20.0', 'fail'],
    ['20.19.0', 'ok'],
    ['22.1.0', 'ok'],
  ])('says of node %s: %s', ([version = '', state]) => {
    expect(checkNode(version)).toMatchObject({ state });
  });

  it('sees that no unhandled request leaves the process', async () => {
    expect(await checkNetwork()).toMatchObject({ state: 'ok' });
  });

  it('sees that one seed gives one trace, and others give others', async () => {
    expect(await checkDeterminism()).toMatchObject({ state: 'ok' });
  });

  it('sees that reports/ can or cannot be written', () => {
    const root = mkdtempSync(join(tmpdir(), 'muster-'));
    expect(checkReports(root)).toMatchObject({ state: 'ok' });
    rmSync(join(root, 'reports'), { recursive: true });
    writeFileSync(join(root, 'reports'), '');
    expect(checkReports(root)).toMatchObject({ state: 'fail' });
    rmSync(root, { recursive: true });
  });
});
