// The summary: what is counted, over what, and what must not be.
import { describe, expect, it } from 'vitest';
import { sampleCampaign, sampleRow } from '../report/sample-campaign.test-support.ts';
import { coverageOf, faultsOf } from './fault-summary.ts';
import type { FaultRow, RecoveryRow } from './record.ts';
import { recoveryOf } from './recovery-summary.ts';
import { summarise } from './summary.ts';
import { tokensOf } from './token-summary.ts';

function fault(changes: Partial<FaultRow> = {}): FaultRow {
  const sites = [{ site: 'closer', fired: 2, witnessed: 1 }];
  return {
    injection: 0,
    kind: 'llm.reset',
    layer: 'LLM',
    armed: 3,
    fired: 2,
    witnessed: 1,
    sites,
    ...changes,
  };
}

describe('faults', () => {
  const rows = [
    sampleRow({ faults: [fault()] }),
    sampleRow({ passed: false, faults: [fault()] }),
    sampleRow({ faults: [fault({ witnessed: 0, sites: [{ site: 'closer', fired: 2, witnessed: 0 }] })] }),
    sampleRow({ faults: [fault({ fired: 0, witnessed: 0, sites: [] })] }),
    sampleRow({ faults: [fault({ armed: 0, fired: 0, witnessed: 0, sites: [] })] }),
  ];

  it('are told apart by how far they came, and survived only where the trial passed', () => {
    expect(faultsOf(rows)).toEqual([
      { kind: 'llm.reset', layer: 'LLM', configured: 5, armed: 4, fired: 3, witnessed: 2, survived: 1 },
    ]);
  });

  it('are mapped by where they struck', () => {
    expect(coverageOf(rows)).toEqual([
      {
        subject: 'sales',
        kind: 'llm.reset',
        layer: 'LLM',
        site: 'closer',
        fired: 3,
        witnessed: 2,
        survived: 1,
      },
    ]);
  });
});

describe('recovery', () => {
  const row = (ms: number, censored = false): RecoveryRow => ({
    steps: 1,
    ms,
    extraTokens: 0,
    extraCalls: 0,
    agentsTouched: 1,
    censored,
  });

  it('ranks those who never came back last, and never as quick', () => {
    const { recovered, censored, ms } = recoveryOf([row(30), row(10), row(20), row(0, true)]);
    expect({ recovered, censored, ms }).toEqual({
      recovered: 3,
      censored: 1,
      ms: { median: 20, ninetieth: null, largest: 30 },
    });
  });

  it('has no quantile where nobody came back', () => {
    expect(recoveryOf([row(5, true)]).ms).toEqual({ median: null, ninetieth: null, largest: null });
  });
});

describe('tokens', () => {
  it('are summed by agent of one subject, and the share of waste is over the total', () => {
    const byAgent = [{ agent: 'closer', total: 100, waste: 25 }];
    const tokens = { total: 100, waste: 25, extra: 10, byAgent };
    const summary = tokensOf([
      sampleRow({ tokens }),
      sampleRow({ tokens }),
      sampleRow({ subject: 'other', tokens }),
    ]);
    expect(summary).toMatchObject({ trials: 3, total: 300, waste: 75, wasteShare: 0.25, extra: 30 });
    expect(summary.byAgent).toEqual([
      { subject: 'sales', agent: 'closer', total: 200, waste: 50 },
      { subject: 'other', agent: 'closer', total: 100, waste: 25 },
    ]);
  });

  it('have no share of waste when none were spent', () => {
    expect(tokensOf([sampleRow()]).wasteShare).toBeNull();
  });
});

describe('a campaign', () => {
  it('takes its worst scenario for its own verdict', () => {
    const { verdict, scenarios } = summarise(sampleCampaign());
    expect(scenarios.map((scenario) => scenario.verdict)).toEqual(['pass', 'inconclusive', 'fail']);
    expect(verdict).toBe('fail');
  });

  it('without scenarios has measured nothing', () => {
    expect(summarise({ ...sampleCampaign(), scenarios: [] }).verdict).toBe('error');
  });

  it('is summarised the same however long it took', () => {
    const campaign = sampleCampaign();
    const slow = { ...campaign, wall: { ...campaign.wall, durationMs: 99_999, startedAtMs: 0 } };
    expect(summarise(slow)).toEqual(summarise(campaign));
  });
});
