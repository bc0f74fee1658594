// The marks of a timeline: ticks, bands under faults, bars from call to reply, arrows of handoffs, one sign an event.
import type { CompactEvent, EventTone } from '../../campaign/compact-trace.ts';
import { durationText } from '../figure.ts';
import { visibleText } from '../visible-text.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** Pixels: the width of an event, the height of a lane, and the space for times above the lanes. */
export const columnWidth = 18;
export const laneHeight = 36;
export const headHeight = 30;
const TICK_GAP = 62;

/** Where things stand; `page` starts the ids of the event list. */
export interface Placing {
  readonly page: string;
  readonly height: number;
  readonly x: (index: number) => number;
  readonly y: (lane: string) => number;
}

/** Times stand where most of it has passed since the event before, as far as there is room. */
export function ticks(events: readonly CompactEvent[], { x, height }: Placing): readonly Markup[] {
  const waited = (index: number): number =>
    index === 0 ? Infinity : (events[index]?.atMs ?? 0) - (events[index - 1]?.atMs ?? 0);
  const longestFirst = [...events.keys()].sort((one, other) => waited(other) - waited(one) || one - other);
  const chosen: number[] = [];
  for (const index of longestFirst) {
    const free = chosen.every((other) => Math.abs(other - index) * columnWidth >= TICK_GAP);
    if (waited(index) > 0 && free) chosen.push(index);
  }
  return chosen
    .sort((one, other) => one - other)
    .map(
      (index) =>
        html`<line
            class="tick"
            x1="${x(index)}"
            x2="${x(index)}"
            y1="${headHeight - 8}"
            y2="${height}"
          /><text class="tick-text${index === 0 ? ' first' : ''}" x="${x(index)}" y="${headHeight - 14}"
            >${durationText(events[index]?.atMs ?? 0)}</text
          >`,
    );
}

/** The line before the event at which the run left the path of its control. */
export function splitLine(index: number, { x: xOf, height }: Placing): Markup {
  const x = xOf(index) - columnWidth / 2;
  return html`<g
    ><title>first step that differs from the fault-free run</title
    ><line class="split" x1="${x}" x2="${x}" y1="${headHeight - 8}" y2="${height}"
  /></g>`;
}

/** A band over all lanes under each fault. */
export function faultBands(events: readonly CompactEvent[], { x, height }: Placing): readonly Markup[] {
  return events.flatMap((event, index) =>
    event.tone === 'fault'
      ? [
          html`<rect
            class="fault-band"
            x="${x(index) - columnWidth / 2}"
            y="${headHeight - 6}"
            width="${columnWidth}"
            height="${height - headHeight}"
            rx="3"
          />`,
        ]
      : [],
  );
}

/** A bar from each call to what came of it; a call without a reply runs on to the edge. */
export function spans(events: readonly CompactEvent[], { x, y }: Placing): readonly Markup[] {
  const open = new Map<string, number>();
  const drawn: Markup[] = [];
  const bar = (from: number, to: number, lane: string, name: string): void => {
    drawn.push(
      html`<rect
        class="${name}"
        x="${x(from)}"
        y="${y(lane) - 4}"
        width="${Math.max(2, x(to) - x(from))}"
        height="8"
        rx="4"
      />`,
    );
  };
  for (const [index, event] of events.entries()) {
    if (event.call === null) continue;
    const from = open.get(event.call);
    if (event.tone === 'call') open.set(event.call, index);
    else if (from !== undefined) {
      bar(from, index, events[from]!.lane, 'span');
      open.delete(event.call);
    }
  }
  for (const from of open.values()) bar(from, events.length, events[from]!.lane, 'span open');
  return drawn;
}

/** An arrow from lane to lane for each handoff and escalation. */
export function arrows(events: readonly CompactEvent[], { x, y }: Placing): readonly Markup[] {
  return events.flatMap(({ lane, toLane }, index) => {
    if (toLane === null || toLane === lane) return [];
    const [from, to] = [y(lane), y(toLane)];
    const down = to > from ? 1 : -1;
    const tip = to - down * 5;
    const [left, right] = [x(index) - 3.5, x(index) + 3.5];
    return [
      html`<path class="arrow" d="M${x(index)} ${from + down * 5}V${tip - down * 5}" /><path
          class="arrow-head"
          d="M${left} ${tip - down * 6}L${x(index)} ${tip}L${right} ${tip - down * 6}Z"
        />`,
    ];
  });
}

/** Each mark leads to its line in the list of events. */
export function mark(event: CompactEvent, index: number, { page, x, y }: Placing): Markup {
  const title = visibleText(`${event.seq} · ${durationText(event.atMs)} · ${event.lane} ${event.text}`);
  return html`<a href="#${page}-${event.seq}" aria-label="${title}"
    ><title>${title}</title>${sign(event.tone, x(index), y(event.lane))}</a
  >`;
}

/** The sign of a tone; no two differ by colour alone. */
export function sign(tone: EventTone, x: number, y: number): Markup {
  switch (tone) {
    case 'call':
      return html`<circle class="m-call" cx="${x}" cy="${y}" r="4" />`;
    case 'reply':
      return html`<circle class="m-reply" cx="${x}" cy="${y}" r="4.5" />`;
    case 'handoff':
      return html`<circle class="m-handoff" cx="${x}" cy="${y}" r="4.5" />`;
    case 'decision':
      return html`<rect class="m-decision" x="${x - 3.5}" y="${y - 3.5}" width="7" height="7" rx="1.5" />`;
    case 'trouble':
      return html`<path class="m-trouble" d="M${x} ${y - 6}L${x + 6} ${y + 5}H${x - 6}Z" />`;
    case 'fault':
      return html`<path class="m-fault" d="M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}Z" />`;
    case 'end':
      return html`<rect class="m-end" x="${x - 3}" y="${y - 9}" width="6" height="18" rx="1.5" />`;
  }
}
