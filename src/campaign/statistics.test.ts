// The bounds agree with scipy 1.17 (`beta.ppf`, `binomtest().proportion_ci('wilson')`, `binom.cdf`) and with known tables.
import { describe, expect, it } from 'vitest';
import { binomialAtMost, lowerBound, trialsNeeded, upperBound, wilsonInterval } from './statistics.ts';

/** passed, trials, one-sided Clopper-Pearson lower and upper bound, Wilson low and high; all at 0.95. */
const bounds = [
  [59, 59, 0.9504923901, 1, 0.9388706295, 1],
  [92, 93, 0.9500060216, 0.9994486113, 0.9415808276, 0.998099358],
  [122, 124, 0.9500998288, 0.9971266884, 0.9430969948, 0.9955656355],
  [91, 93, 0.9338499776, 0.9961655615, 0.9249453737, 0.9940825002],
  [58, 59, 0.9221020785, 0.9991309999, 0.9100427404, 0.9970017661],
  [9, 10, 0.6058366976, 0.9948838031, 0.5958499732, 0.9821237869],
  [1, 100, 0.0005128014, 0.0465598115, 0.0017674321, 0.0544861962],
  [0, 20, 0, 0.1391083407, 0, 0.1611251581],
  [500, 1000, 0.4735177312, 0.5264822688, 0.4690696004, 0.5309303996],
  [9990, 10000, 0.9983043685, 0.9994573624, 0.9981600556, 0.999456714],
  [3, 7, 0.1287563928, 0.774678416, 0.1582198553, 0.7495416355],
] as const;

describe('the bounds on a rate', () => {
  it.for(bounds)(
    'agree with scipy to eight digits: %i of %i',
    ([passed, trials, lower, upper, low, high]) => {
      expect(lowerBound(passed, trials)).toBeCloseTo(lower, 8);
      expect(upperBound(passed, trials)).toBeCloseTo(upper, 8);
      expect(wilsonInterval(passed, trials).low).toBeCloseTo(low, 8);
      expect(wilsonInterval(passed, trials).high).toBeCloseTo(high, 8);
    },
  );

  it('are those of the rule of three for no failure in a hundred', () => {
    expect(1 - lowerBound(100, 100)).toBeCloseTo(3 / 100, 2);
  });

  it('have the rate between them, and close in on it with more trials', () => {
    for (let passed = 0; passed <= 40; passed += 1) {
      const [few, many] = [
        [passed, 40],
        [passed * 25, 1000],
      ] as const;
      expect(lowerBound(...few)).toBeLessThanOrEqual(lowerBound(...many));
      expect(lowerBound(...many)).toBeLessThanOrEqual(passed / 40);
      expect(upperBound(...many)).toBeGreaterThanOrEqual(passed / 40);
      expect(upperBound(...few)).toBeGreaterThanOrEqual(upperBound(...many));
    }
  });

  it('say nothing when nothing was tried', () => {
    expect([lowerBound(0, 0), upperBound(0, 0), wilsonInterval(0, 0)]).toEqual([0, 1, { low: 0, high: 1 }]);
  });

  it('refuse counts that are none', () => {
    expect(() => lowerBound(3, 2)).toThrow('3 of 2');
    expect(() => wilsonInterval(0.5, 2)).toThrow('0.5 of 2');
  });
});

describe('the binomial distribution', () => {
  it.for([
    [2, 10, 0.3, 0.3827827864],
    [0, 59, 0.05, 0.048494525249],
    [1, 93, 0.05, 0.049975795243],
    [2, 124, 0.05, 0.049529777679],
    [95, 100, 0.9, 0.976288917337],
    [10, 1000, 0.02, 0.01023654816],
  ] as const)(
    'agrees with scipy to eight digits: at most %i of %i at %f',
    ([successes, trials, probability, expected]) => {
      expect(binomialAtMost(successes, trials, probability)).toBeCloseTo(expected, 8);
    },
  );

  it('adds up to the sum of its terms', () => {
    const term = (k: number): number => [1, 5, 10, 10, 5, 1][k]! * 0.3 ** k * 0.7 ** (5 - k);
    let sum = 0;
    for (let k = 0; k <= 5; k += 1) {
      sum += term(k);
      expect(binomialAtMost(k, 5, 0.3)).toBeCloseTo(sum, 12);
    }
    expect(binomialAtMost(-1, 5, 0.3)).toBe(0);
  });
});

describe('the trials that a proof needs', () => {
  it.for([
    [0.95, 0, 0.95, 59],
    [0.95, 1, 0.95, 93],
    [0.95, 2, 0.95, 124],
    [0.95, 10, 0.95, 336],
    [0.99, 0, 0.95, 299],
    [0.99, 3, 0.95, 773],
    [0.9, 0, 0.95, 29],
    [0.999, 0, 0.95, 2995],
    [0.95, 0, 0.99, 90],
    [0.5, 0, 0.95, 5],
  ] as const)('for %f with %i failures at %f are %i', ([target, failures, confidence, trials]) => {
    expect(trialsNeeded(target, failures, confidence)).toBe(trials);
  });

  it('are just enough for the lower bound, and one fewer are not', () => {
    for (const target of [0.5, 0.8, 0.95, 0.99]) {
      for (const failures of [0, 1, 5]) {
        const trials = trialsNeeded(target, failures)!;
        expect(lowerBound(trials - failures, trials)).toBeGreaterThanOrEqual(target - 1e-9);
        expect(lowerBound(trials - 1 - failures, trials - 1)).toBeLessThan(target);
      }
    }
  });

  it('do not exist for certainty', () => {
    expect(trialsNeeded(1, 0)).toBeNull();
  });
});
