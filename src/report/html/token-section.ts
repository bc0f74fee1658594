// The token section: what each agent spent, and how much of it was thrown away.
import type { TokenSummary } from '../../campaign/token-summary.ts';
import type { SubjectSummary } from '../../campaign/summary.ts';
import { countText, pluralText, shareText } from '../figure.ts';
import { visibleText } from '../visible-text.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { scrollBox, section } from './section.ts';

const AGENTS_MAX = 24;

/** For each subject a bar an agent, the dearest first; the wasted part of it stands out. */
export function tokenSection(subjects: readonly SubjectSummary[]): Markup {
  const parts = subjects
    .filter(({ tokens }) => tokens.total > 0)
    .map(({ subject, tokens }) => subjectPart(subject, tokens));
  if (parts.length === 0) return nothing;
  const lead = 'Wasted: tokens of discarded work, such as retries, rework, loops and requests made twice.';
  return section('tokens', 'Tokens', html`${parts}`, lead);
}

function subjectPart(subject: string, tokens: TokenSummary): Markup {
  const extra = tokens.extra < 0 ? `${countText(-tokens.extra)} fewer` : `${countText(tokens.extra)} more`;
  const words = `${countText(tokens.total)} in ${pluralText(tokens.trials, 'trial')}, ${shareText(tokens.wasteShare)} wasted, ${extra} than without faults`;
  const dearest = Math.max(1, ...tokens.byAgent.map((agent) => agent.total));
  const rows = tokens.byAgent.slice(0, AGENTS_MAX).map((agent) => {
    const width = (share: number): string => `${((share / dearest) * 100).toFixed(2)}%`;
    const waste = agent.total === 0 ? 0 : agent.waste / agent.total;
    return html`<tr>
      <th scope="row"><span class="name">${visibleText(agent.agent)}</span></th>
      <td class="bar-cell">
        <div class="token-bar">
          <i class="useful" style="width:${width(agent.total - agent.waste)}"></i
          ><i class="waste" style="width:${width(agent.waste)}"></i>
        </div>
      </td>
      <td class="number">${countText(agent.total)}</td>
      <td class="number">${shareText(waste)}</td>
    </tr>`;
  });
  const hidden = tokens.byAgent.length - rows.length;
  const more = hidden > 0 ? html`<p class="note">and ${pluralText(hidden, 'more agent')}</p>` : nothing;
  const table = html`<table class="plain tokens">
    <thead>
      <tr>
        <th scope="col">Agent</th>
        <th scope="col"><i class="dot useful"></i>used <i class="dot waste"></i>wasted</th>
        <th scope="col" class="number">Tokens</th>
        <th scope="col" class="number">Waste</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
  return html`<h3>${visibleText(subject)} <span class="quiet">${words}</span></h3>
    ${scrollBox(`Tokens of ${visibleText(subject)}`, table)}${more}`;
}
