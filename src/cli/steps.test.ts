// The steps of a run, one a line.
import { describe, expect, it } from 'vitest';
import type { CompactEvent } from '../campaign/compact-trace.ts';
import { plainPalette } from '../report/palette.ts';
import { stepLine } from './steps.ts';

const event: CompactEvent = {
  seq: 7,
  atMs: 2200,
  kind: 'tool.called',
  lane: 'finder',
  toLane: null,
  call: 'c1',
  tone: 'call',
  text: 'uses look',
};

describe('a step', () => {
  it('says its place, its time, whose it is and what happened', () => {
    expect(stepLine(event, 8, plainPalette)).toBe('       7        2.2 s  finder    uses look');
    expect(stepLine({ ...event, tone: 'handoff', toLane: 'keeper' }, 8, plainPalette)).toContain(
      '-> keeper  uses look',
    );
  });

  it('is marked when it is a fault or trouble', () => {
    expect(stepLine({ ...event, tone: 'fault' }, 8, plainPalette)).toMatch(/^!! /);
    expect(stepLine({ ...event, tone: 'trouble' }, 8, plainPalette)).toMatch(/^! {2} /);
  });

  it('lets no text move the cursor', () => {
    const line = stepLine({ ...event, text: '\u001b[2J', lane: 'a\rb' }, 8, plainPalette);
    expect(['\u001b', '\r'].filter((control) => line.includes(control))).toEqual([]);
  });
});
