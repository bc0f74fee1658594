// What the driver writes down: events in order with their causes, and findings summed up with their first breach.
import { describe, expect, it } from 'vitest';
import { Findings } from './findings.ts';
import { Recorder } from './recorder.ts';

describe('a recorder', () => {
  it('numbers events from 1 without gaps, and stamps each with its time and cause', () => {
    const recorder = new Recorder();
    const first = recorder.add({ kind: 'resumed', epoch: 2 }, 10, 0);
    const second = recorder.add({ kind: 'agent.pinned', agent: 'a', version: 2 }, 12, first);
    expect([first, second]).toEqual([1, 2]);
    expect(recorder.events).toEqual([
      { kind: 'resumed', epoch: 2, seq: 1, atMs: 10, cause: 0 },
      { kind: 'agent.pinned', agent: 'a', version: 2, seq: 2, atMs: 12, cause: 1 },
    ]);
  });
});

describe('findings', () => {
  it('count every check, and keep the detail of the first breach', () => {
    const findings = new Findings();
    findings.note('S2', false, '');
    findings.note('S2', true, 'first');
    findings.note('S2', true, 'second');
    findings.note('S3', false, 'not told');
    expect(findings.all()).toEqual([
      { kind: 'finding', invariant: 'S2', held: false, detail: 'first', times: 3 },
      { kind: 'finding', invariant: 'S3', held: true, detail: '', times: 1 },
    ]);
  });
});
