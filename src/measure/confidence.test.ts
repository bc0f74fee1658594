// Calibration figures, worked out by hand.
import { describe, expect, it } from 'vitest';
import { healthyStory } from '../check/testing/healthy-story.test-support.ts';
import { behind, changed, tell, tellOutside } from '../check/testing/trace-story.test-support.ts';
import { calibrationOf, confidencePairs, measureConfidence } from './confidence.ts';

const pair = (stated: number, right: boolean) => ({ stated, right });

describe('calibration', () => {
  it('of four pairs in two bins is what pen and paper say', () => {
    const { brier, expectedError, bins, pairs } = calibrationOf([
      pair(0.9, true),
      pair(0.95, false),
      pair(0.35, false),
      pair(0.3, true),
    ]);
    // Squares: 0.01 + 0.9025 + 0.1225 + 0.49 = 1.525, over 4.
    expect(brier).toBeCloseTo(0.38125, 12);
    // Bin 0.9: stated 0.925, right 0.5. Bin 0.3: stated 0.325, right 0.5. Half of the pairs in each.
    expect(expectedError).toBeCloseTo(0.5 * 0.425 + 0.5 * 0.175, 12);
    expect(pairs).toBe(4);
    expect(bins[9]).toEqual({ from: 0.9, to: 1, pairs: 2, stated: expect.closeTo(0.925, 12), right: 0.5 });
    expect(bins[3]).toMatchObject({ pairs: 2, right: 0.5 });
    expect(bins.filter((bin) => bin.pairs === 0)).toHaveLength(8);
  });

  it('of a perfect teller is 0, and of a perfect liar 1', () => {
    expect(calibrationOf([pair(1, true), pair(0, false)])).toMatchObject({ brier: 0, expectedError: 0 });
    expect(calibrationOf([pair(1, false), pair(0, true)])).toMatchObject({ brier: 1, expectedError: 1 });
  });

  it('of nothing is null, never 0', () => {
    expect(calibrationOf([])).toMatchObject({ pairs: 0, brier: null, expectedError: null });
  });

  it('takes lies about the scale for the nearer end', () => {
    expect(calibrationOf([pair(7, true), pair(-3, false), pair(NaN, false)])).toMatchObject({ brier: 0 });
  });
});

describe('stated confidence', () => {
  it('is read from finished work alone', () => {
    const story = changed(healthyStory, 'agent.finished', { outcome: 'failed' });
    expect(confidencePairs(tell(story), 'right')).toEqual([pair(0.9, true)]);
    expect(
      confidencePairs(tell(changed(healthyStory, 'agent.finished', { confidence: null })), 'wrong'),
    ).toEqual([pair(0.9, false)]);
  });

  it('of a team outside is read from its handoffs, once each, and from nothing else', () => {
    const trace = tellOutside(healthyStory);
    const sent = trace.events.filter((event) => event.kind === 'handoff.sent');
    expect(confidencePairs(trace, 'right')).toEqual([pair(0.9, true)]);
    expect(confidencePairs({ ...trace, events: [...trace.events, ...sent] }, 'right')).toHaveLength(1);
    expect(
      confidencePairs(tellOutside(changed(healthyStory, 'handoff.sent', { confidence: null })), 'right'),
    ).toEqual([]);
  });

  it('is held apart, clean against chaos, with the escalations', () => {
    const escalated = { kind: 'escalated', agent: 'writer', to: 'human:owner', reason: 'unsure' } as const;
    const figures = measureConfidence([
      { trace: tell(healthyStory), condition: 'clean', right: true },
      { trace: tell(behind(healthyStory, 'gate.passed', [escalated])), condition: 'chaos', right: false },
    ]);
    expect(figures.clean.brier).toBeCloseTo(0.01, 12);
    expect(figures.chaos.brier).toBeCloseTo(0.81, 12);
    expect(figures.escalations).toEqual({ clean: 0, chaos: 1 });
  });
});
