// Outcomes as a bar: one segment a class, in words beside it, so that colour is never the only sign.
import type { Outcome } from '../../check/outcome.ts';
import type { OutcomeCounts } from '../../campaign/record.ts';
import { outcomesWorstFirst } from '../../campaign/summary.ts';
import { countText } from '../figure.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** The best class first, as a reader expects the good part of a bar on the left. */
const bestFirst = [...outcomesWorstFirst].reverse();

const meanings: Readonly<Record<Outcome, string>> = {
  absorbed: 'done, by no more work than without the fault',
  recovered: 'done, by more work: retries, rework, resumes',
  degraded: 'went on without something, and said so',
  escalated: 'handed the mission to people',
  'failed loudly': 'said that it failed',
  'silent failure': 'says that it is done, and is not',
  hung: 'never ended',
  'not exposed': 'no fault landed, so the trial shows nothing',
  error: 'the harness itself failed',
};

/** A bar with its words under it. */
export function outcomeBar(outcomes: OutcomeCounts): Markup {
  const present = bestFirst.flatMap((outcome) => {
    const count = outcomes[outcome] ?? 0;
    return count === 0 ? [] : [{ outcome, count }];
  });
  if (present.length === 0) return html`<span class="quiet">–</span>`;
  const segments = present.map(
    ({ outcome, count }) =>
      html`<i
        class="seg ${outcomeClass(outcome)}"
        style="flex-grow:${count}"
        title="${count} ${outcome}"
      ></i>`,
  );
  const words = present.map(
    ({ outcome, count }) =>
      html`<li><i class="dot ${outcomeClass(outcome)}"></i><b>${countText(count)}</b> ${outcome}</li>`,
  );
  return html`<div class="bar" aria-hidden="true">${segments}</div>
    <ul class="words">
      ${words}
    </ul>`;
}

/** What each class means, for the foot of the page. */
export function outcomeLegend(): Markup {
  const entries = bestFirst.map(
    (outcome) =>
      html`<div>
        <dt><i class="dot ${outcomeClass(outcome)}"></i>${outcome}</dt>
        <dd>${meanings[outcome]}</dd>
      </div>`,
  );
  return html`<dl class="legend">${entries}</dl>`;
}

/** `o-silent-failure`: the class that gives an outcome its colour. */
export function outcomeClass(outcome: Outcome): string {
  return `o-${outcome.replaceAll(' ', '-')}`;
}
