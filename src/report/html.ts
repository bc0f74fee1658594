// The file `index.html`: the whole report as one file that needs no network, no server and no script.
import { calibrationSection } from './html/calibration-section.ts';
import { coverageSection } from './html/coverage-section.ts';
import { failureSection } from './html/failure-section.ts';
import { html, jsonMarkup, markupText, nothing } from './html/markup.ts';
import type { Markup } from './html/markup.ts';
import { outcomeLegend } from './html/outcome-bar.ts';
import { recoverySection } from './html/recovery-section.ts';
import { scenarioSection } from './html/scenario-section.ts';
import { section, stat, verdictBadge } from './html/section.ts';
import { pageStyle } from './html/style.ts';
import { tokenSection } from './html/token-section.ts';
import { twinSection } from './html/twin-section.ts';
import { countText, durationText, instantText, pluralText } from './figure.ts';
import { gateText } from './gate-text.ts';
import type { ReportData } from './report-data.ts';
import { visibleText } from './visible-text.ts';

/** No script runs on the page, whatever it holds: the policy forbids it and nothing here needs one. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** The page. `summary.json` is embedded as data under the id `summary`. */
export function htmlReport(data: ReportData): string {
  const { summary, campaign, groups, failedTrials } = data;
  const rows = campaign.scenarios.flatMap((scenario) => scenario.rows);
  const sections: readonly (readonly [id: string, name: string, body: Markup])[] = [
    ['scenarios', 'Scenarios', scenarioSection(summary.scenarios)],
    ['twins', 'Twins', twinSection(summary.twins)],
    ['failures', 'Failures', failureSection(groups, failedTrials)],
    ['coverage', 'Coverage', coverageSection(summary.faults, summary.coverage)],
    ['recovery', 'Recovery', recoverySection(summary.subjects, rows)],
    ['tokens', 'Tokens', tokenSection(summary.subjects)],
    ['calibration', 'Confidence', calibrationSection(summary.subjects)],
    ['words', 'Words', section('words', 'What the outcomes mean', outcomeLegend())],
  ];
  const present = sections.filter(([, , body]) => body !== nothing);
  return markupText(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta http-equiv="Content-Security-Policy" content="${policy}" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="referrer" content="no-referrer" />
          <title>muster: ${summary.verdict}</title>
          <style>
            ${pageStyle}
          </style>
        </head>
        <body>
          <a class="skip" href="#main">Skip to the report</a>
          ${header(data)}
          <nav aria-label="Sections">
            <ul>
              ${present.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}
            </ul>
          </nav>
          <main id="main">${warnings(summary.warnings)}${present.map(([, , body]) => body)}</main>
          <footer>
            <p>
              Figures for machines are in <code>summary.json</code>, one line a trial in
              <code>trials.jsonl</code>.
            </p>
          </footer>
          <script type="application/json" id="summary">
            ${jsonMarkup(summary)}
          </script>
        </body>
      </html> `,
  );
}

function header({ summary, campaign, failedTrials }: ReportData): Markup {
  const trials = summary.scenarios.reduce((sum, scenario) => sum + scenario.trials, 0);
  const kinds = summary.faults.filter((fault) => fault.witnessed > 0).length;
  const stats = [
    stat('Trials', countText(trials), `${countText(failedTrials)} failed`),
    stat('Fault kinds witnessed', countText(kinds), `of ${countText(summary.faults.length)} configured`),
    stat('Seed', String(summary.seed), `profile ${summary.profile}`),
    stat('Took', durationText(campaign.wall.durationMs), pluralText(campaign.wall.workers, 'worker')),
  ];
  return html`<header>
    <p class="brand">muster</p>
    <h1 class="v-${summary.verdict}">${headline[summary.verdict]}</h1>
    <p class="lead">
      ${verdictBadge(summary.verdict)} ${gateText(summary)}
      <span class="quiet">${instantText(campaign.wall.startedAtMs)}</span>
    </p>
    <dl class="stats">${stats}</dl>
  </header>`;
}

const headline = {
  pass: 'The team passes muster',
  inconclusive: 'Not enough trials to tell',
  fail: 'The team does not pass muster',
  error: 'Nothing can be claimed',
} as const;

function warnings(texts: readonly string[]): Markup {
  if (texts.length === 0) return nothing;
  const lines = texts.map((text) => html`<li>${visibleText(text)}</li>`);
  return html`<aside class="warnings" aria-label="Warnings">
    <h2>Before you believe it</h2>
    <ul>
      ${lines}
    </ul>
  </aside>`;
}
