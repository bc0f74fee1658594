// The recovery section: how long teams took to be steady again, those that never were included.
import type { RecoveryRow, TrialRow } from '../../campaign/record.ts';
import type { RecoverySummary, Spread } from '../../campaign/recovery-summary.ts';
import type { SubjectSummary } from '../../campaign/summary.ts';
import { countText, durationText, pluralText } from '../figure.ts';
import { visibleText } from '../visible-text.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { scrollBox, section } from './section.ts';

const WIDTH = 640;
const HEIGHT = 180;
const BASE = 136;
const TOP = 22;

interface Bucket {
  readonly name: string;
  readonly count: number;
  readonly censored: boolean;
}

/** For each subject a histogram of times to recovery, and the spread of every figure. */
export function recoverySection(subjects: readonly SubjectSummary[], rows: readonly TrialRow[]): Markup {
  const parts = subjects
    .filter(({ recovery }) => recovery.trials > 0)
    .map(({ subject, recovery }) => subjectPart(subject, recovery, recoveriesOf(subject, rows)));
  if (parts.length === 0) return nothing;
  const lead =
    'From the first witnessed fault to the steady state, in virtual time; a bar is named by its upper limit. Quantiles count teams that never came back as slower than all others.';
  return section('recovery', 'Recovery', html`${parts}`, lead);
}

function recoveriesOf(subject: string, rows: readonly TrialRow[]): readonly RecoveryRow[] {
  return rows.flatMap((row) => (row.subject === subject && row.recovery !== null ? [row.recovery] : []));
}

function subjectPart(subject: string, summary: RecoverySummary, rows: readonly RecoveryRow[]): Markup {
  const words = `${countText(summary.recovered)} of ${pluralText(summary.trials, 'trial')} came back`;
  return html`<h3>${visibleText(subject)} <span class="quiet">${words}</span></h3>
    <div class="columns">${histogram(recoveryBuckets(rows))}${spreadTable(summary)}</div>`;
}

/** Buckets named by their upper limit (1, 2, 5, 10, 20, … ms), from the first to the last that is used; the unrecovered apart. */
export function recoveryBuckets(rows: readonly RecoveryRow[]): readonly Bucket[] {
  const counts = new Map<number, number>();
  let censored = 0;
  for (const row of rows) {
    if (row.censored) censored += 1;
    else counts.set(bucketOf(row.ms), (counts.get(bucketOf(row.ms)) ?? 0) + 1);
  }
  const used = [...counts.keys()];
  const [first, last] = [Math.min(...used), Math.max(...used)];
  const timed: Bucket[] = [];
  for (let bucket = first; bucket <= last; bucket += 1) {
    const name = bucket === 0 ? 'at once' : durationText(limitOf(bucket));
    timed.push({ name, count: counts.get(bucket) ?? 0, censored: false });
  }
  return censored === 0 ? timed : [...timed, { name: 'never', count: censored, censored: true }];
}

/** 0 for no time at all; else the number of the first limit (1, 2, 5, 10, 20, … ms) that is not exceeded. */
function bucketOf(ms: number): number {
  let bucket = ms <= 0 ? 0 : 1;
  while (bucket > 0 && limitOf(bucket) < ms) bucket += 1;
  return bucket;
}

function limitOf(bucket: number): number {
  const step = bucket - 1;
  return ([1, 2, 5][step % 3] ?? 1) * 10 ** Math.floor(step / 3);
}

function histogram(buckets: readonly Bucket[]): Markup {
  const highest = Math.max(1, ...buckets.map((bucket) => bucket.count));
  const slot = WIDTH / buckets.length;
  const bars = buckets.map(({ name, count, censored }, index) => {
    const height = count === 0 ? 0 : Math.max(2, (count / highest) * (BASE - TOP));
    const middle = (index + 0.5) * slot;
    const barWidth = Math.min(56, slot * 0.66);
    return html`<g
      ><rect
        class="${censored ? 'never-bar' : 'time-bar'}"
        x="${(middle - barWidth / 2).toFixed(1)}"
        y="${(BASE - height).toFixed(1)}"
        width="${barWidth.toFixed(1)}"
        height="${height.toFixed(1)}"
        rx="2"
      /><text class="value" x="${middle.toFixed(1)}" y="${(BASE - height - 6).toFixed(1)}"
        >${count === 0 ? '' : countText(count)}</text
      ><text class="axis" x="${middle.toFixed(1)}" y="${BASE + 18}">${name}</text></g
    >`;
  });
  const words = buckets.map(({ name, count }) => `${name}: ${count}`).join(', ');
  return scrollBox(
    'Times to recovery',
    html`<svg
      class="chart"
      viewBox="0 0 ${WIDTH} ${HEIGHT - 16}"
      role="img"
      aria-label="Trials by time to recovery. ${words}"
    >
      <line class="rule" x1="0" x2="${WIDTH}" y1="${BASE}" y2="${BASE}" />
      ${bars}
    </svg>`,
  );
}

function spreadTable(summary: RecoverySummary): Markup {
  const count = (value: number | null): string => (value === null ? 'never' : countText(value));
  const row = (name: string, spread: Spread, show: (value: number | null) => string): Markup =>
    html`<tr>
      <th scope="row">${name}</th>
      <td class="number">${show(spread.median)}</td>
      <td class="number">${show(spread.ninetieth)}</td>
      <td class="number">${spread.largest === null ? '–' : show(spread.largest)}</td>
    </tr>`;
  return html`<table class="plain">
    <caption class="hidden">
      Spread of recovery
    </caption>
    <thead>
      <tr>
        <td></td>
        <th scope="col" class="number">Median</th>
        <th scope="col" class="number">9 of 10</th>
        <th scope="col" class="number">Most</th>
      </tr>
    </thead>
    <tbody>
      ${[
        row('Time', summary.ms, durationText),
        row('Steps', summary.steps, count),
        row('Extra tokens', summary.extraTokens, count),
        row('Extra calls', summary.extraCalls, count),
        row('Agents touched', summary.agentsTouched, count),
      ]}
    </tbody>
  </table>`;
}
