// The twin section: the same faults on a naive team and on its stewarded twin, side by side.
import type { TwinTally } from '../../campaign/record.ts';
import type { TwinSummary } from '../../campaign/summary.ts';
import { visibleText } from '../visible-text.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { outcomeBar } from './outcome-bar.ts';
import { scrollBox, section } from './section.ts';

/** One table a pair of twins. */
export function twinSection(twins: readonly TwinSummary[]): Markup {
  if (twins.length === 0) return nothing;
  const lead =
    'The same plans and seeds, once on a team whose agents message each other, once under a steward.';
  return section('twins', 'Naive against stewarded', html`${twins.map(twinTable)}`, lead);
}

function twinTable(twin: TwinSummary): Markup {
  const [naive, stewarded] = [visibleText(twin.naive), visibleText(twin.stewarded)];
  const rows = twin.rows.map(
    (row) =>
      html`<tr>
        <th scope="row"><span class="name">${visibleText(row.family)}</span></th>
        <td>${tallyCell(row.naive)}</td>
        <td>${tallyCell(row.stewarded)}</td>
      </tr>`,
  );
  return html`<h3>${visibleText(twin.scenario)}</h3>
    ${scrollBox(
      `${naive} against ${stewarded}`,
      html`<table class="wide twins">
        <thead>
          <tr>
            <th scope="col">Fault family</th>
            <th scope="col">${naive} <span class="tag">naive</span></th>
            <th scope="col">${stewarded} <span class="tag">stewarded</span></th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`,
    )}`;
}

function tallyCell(tally: TwinTally): Markup {
  const why = tally.why === null ? nothing : html`<p class="why">${visibleText(tally.why)}</p>`;
  const replay =
    tally.replay === null ? nothing : html`<code class="replay">${visibleText(tally.replay)}</code>`;
  return html`${outcomeBar(tally.outcomes)}${why}${replay}`;
}
