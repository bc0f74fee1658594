// The file `summary.json`: the figures of a campaign for machines.
import { canonicalJson } from '../base/canonical.ts';
import type { ReportData } from './report-data.ts';

/** Indented, keys sorted, the same bytes for the same seed; the shape is `CampaignSummary`. */
export function summaryJson({ summary }: ReportData): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(summary)), null, 2)}\n`;
}
