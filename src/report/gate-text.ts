// The gate of a campaign in one line.
import type { CampaignSummary } from '../campaign/summary.ts';
import { pluralText } from './figure.ts';

/** `4 of 5 scenarios pass`, or why there is nothing to pass. */
export function gateText({ scenarios }: Pick<CampaignSummary, 'scenarios'>): string {
  if (scenarios.length === 0) return 'nothing measured: no scenario was run';
  const passed = scenarios.filter((scenario) => scenario.verdict === 'pass').length;
  const verb = passed === 1 || scenarios.length === 1 ? 'passes' : 'pass';
  return `${passed} of ${pluralText(scenarios.length, 'scenario')} ${verb}`;
}
