// What every format is made from: the records, their summary, and the failures that look alike put together.
import { summarise } from '../campaign/summary.ts';
import type { CampaignSummary } from '../campaign/summary.ts';
import type { CampaignRecord } from '../campaign/record.ts';
import { groupFailures } from './failure-group.ts';
import type { FailureGroup } from './failure-group.ts';

export interface ReportData {
  readonly campaign: CampaignRecord;
  readonly summary: CampaignSummary;
  readonly groups: readonly FailureGroup[];
  /** Trials that failed, shrunk or not. */
  readonly failedTrials: number;
}

/** Computes, once for all formats, what they show. */
export function reportData(campaign: CampaignRecord): ReportData {
  const summary = summarise(campaign);
  return {
    campaign,
    summary,
    groups: groupFailures(campaign.scenarios.flatMap((scenario) => scenario.failures)),
    failedTrials: summary.scenarios.reduce((sum, scenario) => sum + scenario.failed, 0),
  };
}
