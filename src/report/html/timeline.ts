// A timeline: a lane an agent, a column an event, bars from call to reply, arrows for handoffs, diamonds for faults.
import { stewardLane } from '../../campaign/compact-trace.ts';
import type { CompactEvent } from '../../campaign/compact-trace.ts';
import type { FailureRecord } from '../../campaign/record.ts';
import { durationText } from '../figure.ts';
import { visibleText } from '../visible-text.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { scrollBox } from './section.ts';
import { arrows, columnWidth, faultBands, headHeight, laneHeight } from './timeline-drawing.ts';
import { mark, sign, spans, splitLine, ticks } from './timeline-drawing.ts';
import type { Placing } from './timeline-drawing.ts';

/** Columns stand for order, not for time: a wait of an hour is as wide as a millisecond, and its tick tells. */
export function timeline(page: string, { events, divergence }: FailureRecord): Markup {
  if (events.length === 0) return nothing;
  const lanes = lanesOf(events);
  const placing: Placing = {
    page,
    height: headHeight + lanes.length * laneHeight + 6,
    x: (index) => 14 + index * columnWidth,
    y: (lane) => headHeight + (lanes.indexOf(lane) + 0.5) * laneHeight,
  };
  const splits = divergence === null ? -1 : events.findIndex((event) => event.seq >= divergence.step);
  const names = lanes.map((lane) => html`<li style="height:${laneHeight}px">${visibleText(lane)}</li>`);
  return html`<figure class="timeline">
    <div class="swim">
      <ol class="lanes" style="padding-top:${headHeight}px" aria-hidden="true">
        ${names}
      </ol>
      ${scrollBox('Timeline', drawing(events, lanes, splits, placing))}
    </div>
    ${key()}${eventList(page, events)}
  </figure>`;
}

function drawing(
  events: readonly CompactEvent[],
  lanes: readonly string[],
  splits: number,
  placing: Placing,
): Markup {
  const { height } = placing;
  const width = placing.x(events.length) + 10;
  return html`<svg
    width="${width}"
    height="${height}"
    viewBox="0 0 ${width} ${height}"
    role="group"
    aria-label="Timeline of ${events.length} events"
  >
    ${[
      ...lanes.map(
        (lane) =>
          html`<line class="lane" x1="0" x2="${width}" y1="${placing.y(lane)}" y2="${placing.y(lane)}" />`,
      ),
      ...ticks(events, placing),
      ...(splits < 0 ? [] : [splitLine(splits, placing)]),
      ...faultBands(events, placing),
      ...spans(events, placing),
      ...arrows(events, placing),
      ...events.map((event, index) => mark(event, index, placing)),
    ]}
  </svg>`;
}

/** In order of appearance, the steward last; whoever is only handed to has a lane too. */
function lanesOf(events: readonly CompactEvent[]): readonly string[] {
  const lanes = new Set<string>();
  for (const { lane, toLane } of events) {
    lanes.add(lane);
    if (toLane !== null) lanes.add(toLane);
  }
  const agents = [...lanes].filter((lane) => lane !== stewardLane);
  return lanes.has(stewardLane) ? [...agents, stewardLane] : agents;
}

const tones = ['call', 'reply', 'handoff', 'decision', 'trouble', 'fault', 'end'] as const;

function key(): Markup {
  const entries = tones.map(
    (tone) =>
      html`<li>
        <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">${sign(tone, 9, 9)}</svg>${tone}
      </li>`,
  );
  return html`<figcaption>
    <ul class="words">
      ${entries}
      <li>
        <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
          <line class="split" x1="9" x2="9" y1="1" y2="17" /></svg
        >first difference
      </li>
    </ul>
  </figcaption>`;
}

function eventList(page: string, events: readonly CompactEvent[]): Markup {
  const rows = events.map(
    (event) =>
      html`<tr id="${page}-${event.seq}" class="t-${event.tone}">
        <td class="number">${event.seq}</td>
        <td class="number">${durationText(event.atMs)}</td>
        <td>${visibleText(event.lane)}</td>
        <td>${visibleText(event.text)}</td>
      </tr>`,
  );
  return html`<div class="events" role="region" aria-label="Events" tabindex="0">
    <table class="plain">
      <thead>
        <tr>
          <th scope="col" class="number">Step</th>
          <th scope="col" class="number">Time</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
