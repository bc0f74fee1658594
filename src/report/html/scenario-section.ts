// The scenario section: one row a claim, its rate with bounds and target, its outcomes, its verdict.
import type { ScenarioSummary } from '../../campaign/summary.ts';
import { countText, pluralText, shareText } from '../figure.ts';
import { visibleText } from '../visible-text.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { outcomeBar } from './outcome-bar.ts';
import { scrollBox, section, verdictBadge } from './section.ts';

const GAUGE_WIDTH = 168;

/** One row a scenario. */
export function scenarioSection(scenarios: readonly ScenarioSummary[]): Markup {
  if (scenarios.length === 0) return nothing;
  const table = html`<table class="wide">
    <caption class="hidden">
      Scenarios with pass rate, bounds, outcomes and verdict
    </caption>
    <thead>
      <tr>
        <th scope="col">Scenario</th>
        <th scope="col">Verdict</th>
        <th scope="col">Pass rate</th>
        <th scope="col">Outcomes</th>
      </tr>
    </thead>
    <tbody>
      ${scenarios.map(scenarioRow)}
    </tbody>
  </table>`;
  const note = html`<p class="note">
    Band: 95% Wilson interval. Tick: what is proven, the one-sided Clopper-Pearson bound. Dashed: the target.
    Trials in which no fault landed, or in which the harness failed, are not counted.
  </p>`;
  return section('scenarios', 'Scenarios', html`${scrollBox('Scenarios', table)}${note}`);
}

function scenarioRow(scenario: ScenarioSummary): Markup {
  const tags = scenario.tags.map((tag) => html` <span class="tag">${visibleText(tag)}</span>`);
  const voided = [
    ...(scenario.notExposed > 0 ? [`${countText(scenario.notExposed)} not exposed`] : []),
    ...(scenario.errors > 0 ? [pluralText(scenario.errors, 'error')] : []),
  ];
  return html`<tr>
    <th scope="row">
      <span class="name">${visibleText(scenario.id)}</span
      ><span class="quiet">${visibleText(scenario.subject)}${tags}</span>
    </th>
    <td class="verdict-cell">
      ${verdictBadge(scenario.verdict)}<span class="quiet">${visibleText(scenario.gate.reason)}</span>
    </td>
    <td class="rate-cell">
      <b class="figure">${shareText(scenario.rate)}</b>
      <span class="quiet"
        >${countText(scenario.passed)} of
        ${countText(scenario.passed + scenario.failed)}${voided.length === 0 ? '' : ` · ${voided.join(' · ')}`}</span
      >${rateGauge(scenario)}
    </td>
    <td class="outcome-cell">${outcomeBar(scenario.outcomes)}</td>
  </tr>`;
}

/** The whole scale from 0 to 1, so that no rate looks better by a cut axis. */
export function rateGauge({ rate, bounds, gate }: Pick<ScenarioSummary, 'rate' | 'bounds' | 'gate'>): Markup {
  if (rate === null) return nothing;
  const x = (share: number): string => (2 + share * (GAUGE_WIDTH - 4)).toFixed(1);
  const { low, high } = bounds.wilson;
  const band = (Math.max(0.01, high - low) * (GAUGE_WIDTH - 4)).toFixed(1);
  const words = `rate ${shareText(rate)}, between ${shareText(low)} and ${shareText(high)}, proven ${shareText(bounds.lower)}`;
  const target =
    gate.rate === null
      ? nothing
      : html`<line class="target" x1="${x(gate.rate)}" x2="${x(gate.rate)}" y1="1" y2="19" />`;
  return html`<svg class="gauge" viewBox="0 0 ${GAUGE_WIDTH} 20" role="img" aria-label="${words}">
    <title>${words}</title>
    <rect class="track" x="2" y="9" width="${GAUGE_WIDTH - 4}" height="2" rx="1" />
    <rect class="band" x="${x(low)}" y="6" width="${band}" height="8" rx="2" />
    <line class="proven" x1="${x(bounds.lower)}" x2="${x(bounds.lower)}" y1="3" y2="17" />
    ${target}
    <circle class="rate" cx="${x(rate)}" cy="10" r="3.5" />
  </svg>`;
}
