// Coverage keeps configured, armed, fired and witnessed apart, by site and phase.
import { describe, expect, it } from 'vitest';
import { tell, type Line } from '../check/testing/trace-story.test-support.ts';
import { coverageMatrix, tallyFaults } from './coverage.ts';

type Step = 'fault.armed' | 'fault.fired' | 'fault.witnessed';
function fault(kind: Step, injection: number, crossing: string): Line {
  const body = { injection, fault: 'unread', crossing };
  return kind === 'fault.fired' ? { kind, ...body, agent: null, delayMs: 0 } : { kind, ...body };
}
const onWriter = 'llm/reply/writer/model#1';
const onCloser = 'llm/reply/closer/model#2';
const onEdge = 'handoff/request/writer/writer->closer#1';

const trace = tell([
  fault('fault.armed', 0, onWriter),
  fault('fault.fired', 0, onWriter),
  fault('fault.witnessed', 0, onWriter),
  fault('fault.armed', 0, onCloser),
  fault('fault.fired', 0, onCloser),
  fault('fault.armed', 1, onEdge),
]);
const faults = ['llm.latency', 'handoff.drop', 'tool.error'];

describe('the tally of a trial', () => {
  it('has a row for every injection of the plan, those that never came up included', () => {
    expect(tallyFaults({ trace, faults, passed: true })).toEqual([
      {
        injection: 0,
        fault: 'llm.latency',
        armed: 2,
        fired: 2,
        witnessed: 1,
        survived: true,
        cells: [
          { site: 'writer', phase: 'reply', armed: 1, fired: 1, witnessed: 1 },
          { site: 'closer', phase: 'reply', armed: 1, fired: 1, witnessed: 0 },
        ],
      },
      {
        injection: 1,
        fault: 'handoff.drop',
        armed: 1,
        fired: 0,
        witnessed: 0,
        survived: false,
        cells: [{ site: 'writer->closer', phase: 'request', armed: 1, fired: 0, witnessed: 0 }],
      },
      { injection: 2, fault: 'tool.error', armed: 0, fired: 0, witnessed: 0, survived: false, cells: [] },
    ]);
  });

  it('survives nothing in a trial that failed', () => {
    expect(tallyFaults({ trace, faults, passed: false }).some(({ survived }) => survived)).toBe(false);
  });
});

describe('the matrix of a campaign', () => {
  it('counts trials, and survival only where the fault was felt', () => {
    const trials = [true, true, false].map((passed) => ({ trace, faults, passed }));
    expect(coverageMatrix(trials)).toEqual([
      {
        fault: 'handoff.drop',
        site: 'writer->closer',
        phase: 'request',
        armed: 3,
        fired: 0,
        witnessed: 0,
        survived: 0,
      },
      { fault: 'llm.latency', site: 'closer', phase: 'reply', armed: 3, fired: 3, witnessed: 0, survived: 0 },
      { fault: 'llm.latency', site: 'writer', phase: 'reply', armed: 3, fired: 3, witnessed: 3, survived: 2 },
    ]);
  });

  it('counts a trial once, however many injections of one kind hit one site', () => {
    const twice = tell([fault('fault.witnessed', 0, onWriter), fault('fault.witnessed', 1, onWriter)]);
    expect(
      coverageMatrix([{ trace: twice, faults: ['llm.latency', 'llm.latency'], passed: true }]),
    ).toMatchObject([{ witnessed: 1, survived: 1 }]);
  });
});
