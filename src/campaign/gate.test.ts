// The gate: a table of counts and what it says of them; the exit code that follows.
import { describe, expect, it } from 'vitest';
import { campaignVerdict, countTrials, decideGate, exitCodeOf } from './gate.ts';
import type { TrialCounts, Verdict } from './gate.ts';
import { atLeast, noFailure } from './gate-policy.ts';

function counts(passed: number, failed: number, errors = 0, notExposed = 0): TrialCounts {
  const exposed = passed + failed;
  return { trials: exposed + errors + notExposed, exposed, passed, failed, errors, notExposed };
}

describe('a gate that asks for 95%', () => {
  it.for([
    [counts(59, 0), 'pass', null, 'at least 95.0% pass'],
    [counts(58, 0), 'inconclusive', 1, 'run 1 more'],
    [counts(20, 0), 'inconclusive', 39, 'run 39 more'],
    [counts(92, 1), 'pass', null, 'at least 95.0%'],
    [counts(58, 1), 'inconclusive', 34, 'run 34 more'],
    [counts(122, 2), 'pass', null, 'at least 95.0%'],
    [counts(80, 20), 'fail', null, 'at most 86.4% pass'],
    [counts(0, 5), 'fail', null, 'at most 45.1% pass'],
    [counts(0, 0), 'error', null, 'nothing measured: no trial was run'],
    [counts(0, 0, 0, 40), 'error', null, 'in none of 40 trials did a fault land'],
    [counts(0, 0, 3, 4), 'error', null, 'of 7 trials 3 ended in an error and 4 met no fault'],
    [counts(97, 0, 3), 'fail', null, '3 of 100 trials ended in an error of the harness'],
    [counts(98, 0, 2), 'pass', null, 'at least 96.9%'],
    [counts(59, 0, 0, 500), 'pass', null, 'at least 95.0%'],
  ] as const)('says of %j: %s', ([given, verdict, moreTrials, reason]) => {
    const decision = decideGate(atLeast(0.95), given);
    expect(decision).toMatchObject({ verdict, moreTrials, reason: expect.stringContaining(reason) });
  });

  it('never takes a trial that was not exposed for a pass', () => {
    const decision = decideGate(atLeast(0.95), counts(10, 10, 0, 1000));
    expect(decision).toMatchObject({ rate: 0.5, verdict: 'fail' });
  });

  it('knows that no number of trials proves certainty', () => {
    const decision = decideGate(atLeast(1), counts(500, 0));
    expect(decision).toMatchObject({ verdict: 'inconclusive', moreTrials: null });
    expect(decision.reason).toContain('no number of trials');
  });

  it('stands by its advice: that many more passes and it is green', () => {
    for (const [passed, failed] of [
      [3, 0],
      [40, 1],
      [100, 4],
    ] as const) {
      const first = decideGate(atLeast(0.95), counts(passed, failed));
      expect(first.verdict).toBe('inconclusive');
      const then = decideGate(atLeast(0.95), counts(passed + first.moreTrials!, failed));
      expect(then.verdict).toBe('pass');
    }
  });
});

describe('a gate that lets no failure through', () => {
  it.for([
    [counts(10, 0), 'pass', 'that proves 74.1% or better'],
    [counts(1, 0), 'pass', 'that proves 5.0% or better'],
    [counts(999, 1), 'fail', '1 of 1000 exposed trials failed'],
    [counts(0, 0, 0, 5), 'error', 'nothing measured'],
    [counts(9, 0, 1), 'fail', 'error of the harness'],
  ] as const)('says of %j: %s', ([given, verdict, reason]) => {
    const decision = decideGate(noFailure, given);
    expect(decision).toMatchObject({ verdict, moreTrials: null, reason: expect.stringContaining(reason) });
  });
});

describe('counting', () => {
  it('puts each row into one class, whatever it says of itself', () => {
    const rows = [
      { outcome: 'absorbed', passed: true },
      { outcome: 'escalated', passed: false },
      { outcome: 'silent failure', passed: false },
      { outcome: 'not exposed', passed: true },
      { outcome: 'error', passed: true },
    ] as const;
    expect(countTrials(rows)).toEqual(counts(1, 2, 1, 1));
  });
});

describe('a campaign', () => {
  it.for([
    [['pass', 'pass'], 'pass'],
    [['pass', 'inconclusive'], 'inconclusive'],
    [['inconclusive', 'fail', 'pass'], 'fail'],
    [['fail', 'error', 'pass'], 'error'],
    [[], 'error'],
  ] as readonly (readonly [readonly Verdict[], Verdict])[])('of %j is %s', ([scenarios, verdict]) => {
    expect(campaignVerdict(scenarios)).toBe(verdict);
  });

  it('ends with the exit code of its verdict', () => {
    const codes = (['pass', 'fail', 'error', 'inconclusive'] as const).map((verdict) =>
      exitCodeOf(verdict, 'release'),
    );
    expect(codes).toEqual([0, 1, 2, 3]);
  });

  it('may be inconclusive without harm only while writing', () => {
    const codes = (['dev', 'pr', 'release', 'nightly'] as const).map((profile) =>
      exitCodeOf('inconclusive', profile),
    );
    expect(codes).toEqual([0, 3, 3, 3]);
  });
});
