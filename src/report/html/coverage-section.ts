// The coverage section: which faults reached which agents and edges, and which of them were survived.
import type { FaultCoverage, FaultSummary } from '../../campaign/fault-summary.ts';
import { countText, shareText } from '../figure.ts';
import { visibleText } from '../visible-text.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { scrollBox, section } from './section.ts';

/** A heat map a subject, then the funnel of each fault kind. */
export function coverageSection(faults: readonly FaultSummary[], coverage: readonly FaultCoverage[]): Markup {
  if (faults.length === 0) return nothing;
  const subjects = [...new Set(coverage.map((cell) => cell.subject))];
  const maps = subjects.map((subject) =>
    heatMap(
      subject,
      coverage.filter((cell) => cell.subject === subject),
    ),
  );
  const lead =
    'Each cell: trials survived of trials in which the fault was witnessed there. An empty cell was never tried.';
  return section('coverage', 'Fault coverage', html`${maps}${funnel(faults)}`, lead);
}

function heatMap(subject: string, cells: readonly FaultCoverage[]): Markup {
  const kinds = [...new Set(cells.map((cell) => cell.kind))];
  const sites = [...new Set(cells.map((cell) => cell.site))].sort(agentsBeforeEdges);
  const byPlace = new Map(cells.map((cell) => [JSON.stringify([cell.kind, cell.site]), cell]));
  const head = sites.map((site) => html`<th scope="col">${visibleText(site).replace('->', ' → ')}</th>`);
  const rows = kinds.map((kind) => {
    const row = sites.map((site) => heatCell(byPlace.get(JSON.stringify([kind, site]))));
    return html`<tr>
      <th scope="row"><code>${visibleText(kind)}</code></th>
      ${row}
    </tr>`;
  });
  return scrollBox(
    `Coverage of ${visibleText(subject)}`,
    html`<table class="heat">
      <caption>
        ${visibleText(subject)}
      </caption>
      <thead>
        <tr>
          <td></td>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`,
  );
}

/** Five shades by the share survived; a fired fault that nobody witnessed proves nothing and has none. */
function heatCell(cell: FaultCoverage | undefined): Markup {
  if (cell === undefined) return html`<td class="never"><span class="hidden">never tried</span></td>`;
  const { fired, witnessed, survived } = cell;
  const words = `fired in ${fired}, witnessed in ${witnessed}, survived in ${survived}`;
  if (witnessed === 0) return html`<td class="unseen" title="${words}">0<span class="quiet">/0</span></td>`;
  const shade = survived === witnessed ? 4 : Math.min(3, Math.floor((survived / witnessed) * 4));
  return html`<td class="h${shade}" title="${words}">
    ${countText(survived)}<span class="quiet">/${countText(witnessed)}</span>
  </td>`;
}

function funnel(faults: readonly FaultSummary[]): Markup {
  const rows = faults.map((fault) => {
    const counts = [fault.configured, fault.armed, fault.fired, fault.witnessed, fault.survived];
    const share = fault.witnessed === 0 ? null : fault.survived / fault.witnessed;
    return html`<tr>
      <th scope="row"><code>${visibleText(fault.kind)}</code></th>
      <td>${visibleText(fault.layer)}</td>
      ${counts.map((count) => html`<td class="number">${countText(count)}</td>`)}
      <td class="number">${shareText(share)}</td>
    </tr>`;
  });
  const names = ['Configured', 'Armed', 'Fired', 'Witnessed', 'Survived', 'Share'];
  return html`<details class="more">
    <summary>From configured to survived, by fault kind</summary>
    ${scrollBox(
      'Faults by kind',
      html`<table class="plain">
        <thead>
          <tr>
            <th scope="col">Fault</th>
            <th scope="col">Layer</th>
            ${names.map((name) => html`<th scope="col" class="number">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`,
    )}
  </details>`;
}

function agentsBeforeEdges(one: string, other: string): number {
  const [first, second] = [one.includes('->'), other.includes('->')];
  if (first !== second) return first ? 1 : -1;
  return one < other ? -1 : Number(one > other);
}
