// The file `summary.json` keeps its shape and its bytes; `trials.jsonl` keeps its order.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CampaignRecord } from '../campaign/record.ts';
import { failureJson, failurePath } from './failure-json.ts';
import { hostile } from './hostile.test-support.ts';
import { reportData } from './report-data.ts';
import { sampleCampaign, sampleFailure } from './sample-campaign.test-support.ts';
import { summaryJson } from './summary-json.ts';
import { trialsJsonl } from './trials-jsonl.ts';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const verdict = z.enum(['pass', 'inconclusive', 'fail', 'error']);
const names = [
  'error',
  'not exposed',
  'hung',
  'silent failure',
  'failed loudly',
  'escalated',
  'degraded',
  'recovered',
  'absorbed',
] as const;
const outcomes = z.strictObject(Object.fromEntries(names.map((name) => [name, count])));
const calibration = z.strictObject({
  pairs: count,
  brier: share.nullable(),
  expectedError: share.nullable(),
  bins: z.array(z.strictObject({ from: share, to: share, pairs: count, stated: share, right: share })),
});
const spread = z.strictObject({
  median: z.number().nullable(),
  ninetieth: z.number().nullable(),
  largest: z.number().nullable(),
});
const tally = z.strictObject({
  outcomes: z.partialRecord(z.enum(names), count),
  passed: count,
  why: z.string().nullable(),
  replay: z.string().nullable(),
});
const effort = {
  tokens: z.strictObject({
    trials: count,
    total: count,
    waste: count,
    wasteShare: share.nullable(),
    extra: z.int(),
    byAgent: z.array(z.strictObject({ subject: z.string(), agent: z.string(), total: count, waste: count })),
  }),
  confidence: z.strictObject({ clean: calibration, chaos: calibration }),
  recovery: z.strictObject({
    trials: count,
    recovered: count,
    censored: count,
    steps: spread,
    ms: spread,
    extraTokens: spread,
    extraCalls: spread,
    agentsTouched: spread,
  }),
};
const summaryShape = z.strictObject({
  schemaVersion: z.literal(1),
  seed: z.int(),
  profile: z.enum(['dev', 'pr', 'release', 'nightly']),
  verdict,
  warnings: z.array(z.string()),
  scenarios: z.array(
    z.strictObject({
      id: z.string(),
      subject: z.string(),
      tags: z.array(z.string()),
      trials: count,
      passed: count,
      failed: count,
      errors: count,
      notExposed: count,
      outcomes,
      rate: share.nullable(),
      bounds: z.strictObject({
        confidence: share,
        lower: share,
        upper: share,
        wilson: z.strictObject({ low: share, high: share }),
      }),
      gate: z.strictObject({
        kind: z.enum(['atLeast', 'noFailure']),
        rate: share.nullable(),
        confidence: share,
        reason: z.string(),
        moreTrials: count.nullable(),
      }),
      verdict,
    }),
  ),
  twins: z.array(
    z.strictObject({
      scenario: z.string(),
      naive: z.string(),
      stewarded: z.string(),
      rows: z.array(z.strictObject({ family: z.string(), naive: tally, stewarded: tally })),
    }),
  ),
  faults: z.array(
    z.strictObject({
      kind: z.string(),
      layer: z.string(),
      configured: count,
      armed: count,
      fired: count,
      witnessed: count,
      survived: count,
    }),
  ),
  coverage: z.array(
    z.strictObject({
      subject: z.string(),
      kind: z.string(),
      layer: z.string(),
      site: z.string(),
      fired: count,
      witnessed: count,
      survived: count,
    }),
  ),
  ...effort,
  subjects: z.array(z.strictObject({ subject: z.string(), ...effort })),
});

function later(campaign: CampaignRecord): CampaignRecord {
  return {
    ...campaign,
    wall: { startedAtMs: 1, durationMs: 1, workers: 9, scenarioMs: {} },
    scenarios: campaign.scenarios.map((scenario) => ({ ...scenario, rows: [...scenario.rows].reverse() })),
  };
}

describe('summary.json', () => {
  it('has the promised shape, member for member', () => {
    const parsed = summaryShape.parse(JSON.parse(summaryJson(reportData(sampleCampaign()))));
    expect(parsed.scenarios).toHaveLength(3);
  });

  it('keeps it when nothing was run', () => {
    const empty = { ...sampleCampaign(), scenarios: [] };
    expect(summaryShape.parse(JSON.parse(summaryJson(reportData(empty)))).verdict).toBe('error');
  });

  it('is the same, byte for byte, whenever, by however many workers and in whatever order it was made', () => {
    const campaign = sampleCampaign();
    expect(summaryJson(reportData(later(campaign)))).toBe(summaryJson(reportData(campaign)));
  });

  it('adds up: exposed and other trials, and outcomes, to all trials', () => {
    for (const scenario of reportData(sampleCampaign()).summary.scenarios) {
      const { trials, passed, failed, errors, notExposed } = scenario;
      expect(passed + failed + errors + notExposed).toBe(trials);
      expect(Object.values(scenario.outcomes).reduce((sum, one) => sum + one, 0)).toBe(trials);
    }
  });
});

describe('trials.jsonl', () => {
  it('is one canonical line a trial, by scenario and trial, in whatever order they finished', () => {
    const campaign = sampleCampaign();
    const text = trialsJsonl({ campaign });
    expect(trialsJsonl({ campaign: later(campaign) })).toBe(text);
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { scenario: string; trial: number; schemaVersion: number });
    expect(rows).toHaveLength(228);
    expect(rows.map((row) => row.trial).slice(0, 12)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(rows.every((row) => row.schemaVersion === 1)).toBe(true);
  });

  it('is empty without trials', () => {
    expect(trialsJsonl({ campaign: { ...sampleCampaign(), scenarios: [] } })).toBe('');
  });
});

describe('failures/<id>.json', () => {
  it('holds the plan, its smallest form and the replay line', () => {
    expect(JSON.parse(failureJson(sampleFailure()))).toMatchObject({
      schemaVersion: 1,
      plan: { injections: [{}, {}] },
      shrunk: { injections: [{ fault: { kind: 'approval.absent' } }] },
      replay: expect.stringContaining('muster replay'),
    });
  });

  it.for([
    ['sales-17', /^failures\/sales-17\.json$/],
    ['../../etc/passwd', /^failures\/etc-passwd-[0-9a-f]{16}\.json$/],
    ['sales/any two#3', /^failures\/sales-any-two-3-[0-9a-f]{16}\.json$/],
    ['...', /^failures\/failure-[0-9a-f]{16}\.json$/],
    ['', /^failures\/failure-[0-9a-f]{16}\.json$/],
  ] as const)('is named safely: %j', ([id, path]) => {
    expect(failurePath(id)).toMatch(path);
  });

  it('has a file of its own for each id, however alike they look', () => {
    const ids = ['a/b', 'a:b', 'a-b', 'a b', '../a/b', 'x'.repeat(200), 'x'.repeat(201)];
    expect(new Set(ids.map(failurePath)).size).toBe(ids.length);
  });

  it('is named safely whatever its id', () => {
    expect(failurePath(hostile)).toMatch(/^failures\/[A-Za-z0-9][A-Za-z0-9._-]*\.json$/);
  });
});
