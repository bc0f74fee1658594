// The outcome of a trial is the first class that matches.
import { describe, expect, it } from 'vitest';
import type { Trace } from '../trace/trace.ts';
import { judge, passes, type Judgement, type Trial } from './outcome.ts';
import { healthyStory, stoppedAfter } from './testing/healthy-story.test-support.ts';
import { behind, changed, tell, twice, type Line, type Story } from './testing/trace-story.test-support.ts';
import type { Verdict } from './verdict.ts';

const witnessed: Line = {
  kind: 'fault.witnessed',
  injection: 0,
  fault: 'llm.latency',
  crossing: 'llm/reply/writer/model#1',
};
const exposed = (story: Story): Trace => tell(behind(story, 'model.called', [witnessed]));
const ending = (end: 'done' | 'degraded' | 'escalated' | 'failed' | 'cancelled'): Trace =>
  exposed(changed(healthyStory, 'mission.ended', { end, reason: 'because' }));
const broken: Verdict = { invariant: 'S4', kind: 'broken', seqs: [3], sentence: 'sent twice' };
const unknown: Verdict = { invariant: 'S1', kind: 'unknown', reason: 'not told' };

const trial = (parts: Partial<Trial>): Judgement =>
  judge({
    chaos: ending('done'),
    control: tell(healthyStory),
    essenceEqual: true,
    verdicts: [],
    injected: true,
    ...parts,
  });

describe('the outcome of a trial', () => {
  it('is an error when the harness failed, whatever the mission said', () => {
    const chaos = tell(changed(healthyStory, 'run.stopped', { why: 'error', detail: 'disk full' }));
    expect(trial({ chaos })).toEqual({ outcome: 'error', source: 'harness', reason: 'disk full' });
  });

  it.each([
    ['hung', tell(stoppedAfter('model.called', {})), 'the control did not end: stalled'],
    [
      'failed',
      tell(changed(healthyStory, 'mission.ended', { end: 'failed', reason: 'no' })),
      'the control ended failed: no',
    ],
  ])('is an error of its own when the control %s', (_how, control, reason) => {
    expect(trial({ control })).toEqual({ outcome: 'error', source: 'control', reason });
  });

  it('is its own when a run without a plan is its own control: it hung, or it failed', () => {
    const alone = (run: Trace): string => trial({ chaos: run, control: run, injected: false }).outcome;
    expect(alone(tell(stoppedAfter('model.called', {})))).toBe('hung');
    expect(alone(ending('failed'))).toBe('failed loudly');
    expect(alone(tell(healthyStory))).toBe('absorbed');
  });

  it('is not exposed when a plan was injected and nothing was felt, even if the run hung', () => {
    expect(trial({ chaos: tell(healthyStory) }).outcome).toBe('not exposed');
    expect(trial({ chaos: tell(stoppedAfter('model.called', {})) }).outcome).toBe('not exposed');
    expect(trial({ chaos: tell(healthyStory), injected: false }).outcome).toBe('absorbed');
  });

  it.each(['stalled', 'horizon', 'eventsMax'] as const)('is hung when the run stopped as %s', (why) => {
    expect(trial({ chaos: exposed(stoppedAfter('handoff.sent', { why })) }).outcome).toBe('hung');
  });

  it('is a silent failure when it says done and an invariant is broken', () => {
    expect(trial({ verdicts: [unknown, broken] })).toEqual({
      outcome: 'silent failure',
      reason: expect.stringContaining('S4 is broken: sent twice'),
    });
  });

  it('is a silent failure when it says done and the result is not the control’s', () => {
    expect(trial({ essenceEqual: false }).outcome).toBe('silent failure');
  });

  it('is a silent failure when it says degraded and an invariant is broken, but its result may differ', () => {
    expect(trial({ chaos: ending('degraded'), verdicts: [broken] }).outcome).toBe('silent failure');
    expect(trial({ chaos: ending('degraded'), essenceEqual: false }).outcome).toBe('degraded');
  });

  it.each([
    ['failed', 'failed loudly'],
    ['cancelled', 'failed loudly'],
    ['escalated', 'escalated'],
    ['degraded', 'degraded'],
  ] as const)('of a mission that says %s is %s', (end, outcome) => {
    expect(trial({ chaos: ending(end), essenceEqual: false })).toEqual({ outcome, reason: 'because' });
  });

  it.each([
    [
      'a retry',
      behind(healthyStory, 'model.called', [
        { kind: 'retry.scheduled', agent: 'writer', what: 'model', attempt: 2, waitMs: 1 },
      ]),
    ],
    ['a redelivery', twice(healthyStory, 'handoff.sent')],
    ['a resume', behind(healthyStory, 'model.called', [{ kind: 'resumed', epoch: 2 }])],
    ['one more tool call', twice(healthyStory, 'tool.called')],
  ] as const)('is recovered when it took %s more than the control', (_what, story) => {
    expect(trial({ chaos: exposed(story) }).outcome).toBe('recovered');
  });

  it('is absorbed when the control did no less', () => {
    expect(trial({ verdicts: [unknown] }).outcome).toBe('absorbed');
    expect(trial({ control: tell(twice(healthyStory, 'tool.called')) }).outcome).toBe('absorbed');
  });
});

describe('a trial passes', () => {
  it('with the last four outcomes, while no invariant is broken', () => {
    const passing = (
      ['hung', 'silent failure', 'failed loudly', 'escalated', 'degraded', 'recovered', 'absorbed'] as const
    ).filter((outcome) => passes(outcome, [unknown]));
    expect(passing).toEqual(['escalated', 'degraded', 'recovered', 'absorbed']);
    expect(passes('absorbed', [broken])).toBe(false);
  });

  it('only with the outcomes that a scenario accepts', () => {
    expect(passes('escalated', [], ['recovered', 'absorbed'])).toBe(false);
    expect(passes('failed loudly', [], ['failed loudly'])).toBe(true);
    expect(passes('failed loudly', [broken], ['failed loudly'])).toBe(false);
  });
});
