// The pieces that every section of the page is made of.
import type { Verdict } from '../../campaign/gate.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';

/** A section under its own heading; `id` is where the navigation jumps to. */
export function section(id: string, title: string, body: Markup, lead: string = ''): Markup {
  const words = lead === '' ? nothing : html`<p class="lead">${lead}</p>`;
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${words}${body}
  </section>`;
}

/** Wide content scrolls in a box of its own, by keyboard too, and never the page. */
export function scrollBox(name: string, body: Markup): Markup {
  return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0">${body}</div>`;
}

const signs: Readonly<Record<Verdict, string>> = { pass: '✓', inconclusive: '?', fail: '✕', error: '!' };

/** The verdict as a sign and a word. */
export function verdictBadge(verdict: Verdict): Markup {
  return html`<span class="badge v-${verdict}"
    ><span aria-hidden="true">${signs[verdict]}</span> ${verdict}</span
  >`;
}

/** One figure with its name. */
export function stat(name: string, value: string, detail: string = ''): Markup {
  const small = detail === '' ? nothing : html`<span class="quiet">${detail}</span>`;
  return html`<div class="stat">
    <dt>${name}</dt>
    <dd>${value}${small}</dd>
  </div>`;
}
