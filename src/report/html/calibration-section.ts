// The calibration section: what agents stated against what came true, without faults and under them.
import type { SubjectSummary } from '../../campaign/summary.ts';
import type { Calibration, ReliabilityBin } from '../../measure/confidence.ts';
import { countText, shareText } from '../figure.ts';
import { visibleText } from '../visible-text.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { section } from './section.ts';

const SIZE = 320;
const LEFT = 44;
const BOTTOM = 280;
const SPAN = 260;

/** For each subject a reliability diagram, and both scores. */
export function calibrationSection(subjects: readonly SubjectSummary[]): Markup {
  const parts = subjects
    .filter(({ confidence }) => confidence.clean.pairs + confidence.chaos.pairs > 0)
    .map(
      ({ subject, confidence: { clean, chaos } }) =>
        html`<div>
          <h3>${visibleText(subject)}</h3>
          ${diagram(clean, chaos)}${scoreTable(clean, chaos)}
        </div>`,
    );
  if (parts.length === 0) return nothing;
  const lead =
    'A dot on the diagonal says what it knows; below it, agents claim more than they deliver. Area: number of statements.';
  const note = html`<p class="note">
    Both scores are 0 at best. Brier: mean squared distance of statement and outcome. ECE: mean distance of
    the dots from the diagonal.
  </p>`;
  return section(
    'calibration',
    'Stated confidence',
    html`<div class="cards">${parts}</div>
      ${note}`,
    lead,
  );
}

function diagram(clean: Calibration, chaos: Calibration): Markup {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      html`<line class="grid" x1="${x(share)}" x2="${x(share)}" y1="${BOTTOM - SPAN}" y2="${BOTTOM}" /><line
          class="grid"
          x1="${LEFT}"
          x2="${LEFT + SPAN}"
          y1="${y(share)}"
          y2="${y(share)}"
        /><text class="axis" x="${x(share)}" y="${BOTTOM + 16}">${share}</text
        ><text class="axis end" x="${LEFT - 8}" y="${Number(y(share)) + 4}">${share}</text>`,
  );
  const words = `Reliability diagram. Without faults: ${binWords(clean)}. Under faults: ${binWords(chaos)}.`;
  return html`<svg class="chart square" viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label="${words}">
    ${ticks}
    <line class="diagonal" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" />
    ${dots(clean, 'clean')}${dots(chaos, 'chaos')}
    <text class="axis" x="${LEFT + SPAN / 2}" y="${SIZE - 6}">stated</text>
    <text class="axis" transform="translate(10 ${BOTTOM - SPAN / 2}) rotate(-90)">came true</text>
  </svg>`;
}

function dots(calibration: Calibration, kind: 'clean' | 'chaos'): Markup {
  const bins = filledBins(calibration);
  const most = Math.max(1, ...bins.map((bin) => bin.pairs));
  const line = bins.map((bin) => `${x(bin.stated)},${y(bin.right)}`).join(' ');
  const marks = bins.map(
    (bin) =>
      html`<circle
        class="${kind}"
        cx="${x(bin.stated)}"
        cy="${y(bin.right)}"
        r="${(3 + 6 * Math.sqrt(bin.pairs / most)).toFixed(1)}"
        ><title>
          ${kind}: stated ${shareText(bin.stated)}, came true ${shareText(bin.right)}, ${bin.pairs} statements
        </title></circle
      >`,
  );
  return html`<polyline class="${kind}-line" points="${line}" />${marks}`;
}

function scoreTable(clean: Calibration, chaos: Calibration): Markup {
  const row = (name: string, kind: string, score: Calibration): Markup =>
    html`<tr>
      <th scope="row"><i class="dot ${kind}"></i>${name}</th>
      <td class="number">${countText(score.pairs)}</td>
      <td class="number">${scoreText(score.brier)}</td>
      <td class="number">${scoreText(score.expectedError)}</td>
    </tr>`;
  return html`<table class="plain">
    <thead>
      <tr>
        <td></td>
        <th scope="col" class="number">Statements</th>
        <th scope="col" class="number">Brier</th>
        <th scope="col" class="number">ECE</th>
      </tr>
    </thead>
    <tbody>
      ${[row('without faults', 'clean', clean), row('under faults', 'chaos', chaos)]}
    </tbody>
  </table>`;
}

function filledBins({ bins }: Calibration): readonly ReliabilityBin[] {
  return bins.filter((bin) => bin.pairs > 0);
}

function binWords(calibration: Calibration): string {
  return (
    filledBins(calibration)
      .map((bin) => `stated ${shareText(bin.stated)}, true ${shareText(bin.right)}`)
      .join('; ') || 'none'
  );
}

function scoreText(score: number | null): string {
  return score === null ? '–' : score.toFixed(3);
}

function x(share: number): string {
  return (LEFT + share * SPAN).toFixed(1);
}

function y(share: number): string {
  return (BOTTOM - share * SPAN).toFixed(1);
}
