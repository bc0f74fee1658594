// The failure section: groups of failures, each with its smallest plan, its replay line and the timeline of its run.
import type { FailureRecord } from '../../campaign/record.ts';
import type { FailureGroup } from '../failure-group.ts';
import { failurePath } from '../failure-json.ts';
import { pluralText } from '../figure.ts';
import { visibleText } from '../visible-text.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { outcomeClass } from './outcome-bar.ts';
import { section } from './section.ts';
import { timeline } from './timeline.ts';

const GROUPS_MAX = 40;
const OTHERS_MAX = 50;

/** The largest groups, so that the page stays one that a browser opens at once; the first stands open. */
export function failureSection(groups: readonly FailureGroup[], failedTrials: number): Markup {
  if (groups.length === 0) return nothing;
  const shrunk = groups.flatMap(({ failures }) => failures).filter(({ plan }) => plan.injections.length > 0);
  const how =
    shrunk.length === 0 ? '' : `, ${shrunk.length} of them shrunk to the smallest plan that still breaks`;
  const lead = `${pluralText(failedTrials, 'failing trial')}${how}, grouped by where they left the fault-free run.`;
  const bodies = groups.slice(0, GROUPS_MAX).map((group, index) => groupDetails(group, index + 1));
  const hidden = groups.length - bodies.length;
  const more =
    hidden > 0
      ? html`<p class="note">and ${pluralText(hidden, 'smaller group')}, under failures/</p>`
      : nothing;
  return section('failures', 'Failures', html`${bodies}${more}`, lead);
}

function groupDetails(group: FailureGroup, ordinal: number): Markup {
  const { example } = group;
  const faults =
    group.faults.length === 0 ? html`no fault` : html`<code>${visibleText(group.faults.join(' + '))}</code>`;
  const summary = html`<summary>
    <i class="dot ${outcomeClass(example.outcome)}"></i
    ><span class="title">${example.outcome} under ${faults}</span
    ><span class="quiet"
      >${pluralText(group.failures.length, 'failure')} of ${visibleText(group.scenario)}</span
    >
  </summary>`;
  return html`<details class="failure" ${ordinal === 1 ? html` open` : nothing}>
    ${summary}
    <div class="failure-body">
      <p class="why">${visibleText(example.why)}</p>
      <dl class="facts">${facts(example)}</dl>
      ${timeline(`f${ordinal}`, example)} ${others(group)}
    </div>
  </details>`;
}

/** What fails without any fault has no plan to be made smaller. */
function smallestPlan({ plan, shrunk, shrinkSteps }: FailureRecord): readonly Markup[] {
  if (plan.injections.length === 0) return [];
  const injections = shrunk.injections.map(
    (injection) => html`<code class="block">${visibleText(JSON.stringify(injection))}</code>`,
  );
  const from = `${pluralText(plan.injections.length, 'injection')} to ${shrunk.injections.length}, ${pluralText(shrinkSteps, 'step')}`;
  return [fact('Smallest plan', html`${injections}<span class="quiet">shrunk from ${from}</span>`)];
}

function facts(failure: FailureRecord): readonly Markup[] {
  const { divergence } = failure;
  return [
    fact('Replay', html`<code class="replay">${visibleText(failure.replay)}</code>`),
    ...smallestPlan(failure),
    ...(divergence === null
      ? []
      : [
          fact(
            'Diverges',
            html`step ${divergence.step}, ${visibleText(divergence.agent)}: ${visibleText(divergence.what)}<br /><span
                class="quiet"
                >without the fault: ${visibleText(divergence.control ?? 'had ended')}</span
              >`,
          ),
        ]),
    ...(failure.brokenInvariants.length === 0
      ? []
      : [fact('Broken', html`${visibleText(failure.brokenInvariants.join(', '))}`)]),
    fact('File', html`<a href="${failurePath(failure.id)}">${failurePath(failure.id)}</a>`),
  ];
}

function fact(name: string, value: Markup): Markup {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

function others({ failures, example }: FailureGroup): Markup {
  const rest = failures.filter((failure) => failure !== example);
  if (rest.length === 0) return nothing;
  const lines = rest
    .slice(0, OTHERS_MAX)
    .map((failure) => html`<li><code class="replay">${visibleText(failure.replay)}</code></li>`);
  const hidden = rest.length - lines.length;
  const more = hidden > 0 ? html`<li class="quiet">and ${hidden} more in trials.jsonl</li>` : nothing;
  return html`<details class="more">
    <summary>${pluralText(rest.length, 'more failure')} like this</summary>
    <ul class="lines">
      ${lines}${more}
    </ul>
  </details>`;
}
