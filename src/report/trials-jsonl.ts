// The file `trials.jsonl`: one canonical line a trial.
import { canonicalJson } from '../base/canonical.ts';
import { inOrder } from '../campaign/row-order.ts';
import type { ReportData } from './report-data.ts';

/** Sorted by scenario, then trial; the same bytes for the same seed. */
export function trialsJsonl({ campaign }: Pick<ReportData, 'campaign'>): string {
  const rows = inOrder(campaign.scenarios.flatMap((scenario) => scenario.rows));
  return rows.map((row) => `${canonicalJson(row)}\n`).join('');
}
