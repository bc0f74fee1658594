// The steps of a run: its events, one a line; a person at a terminal goes from one to the next with Enter.
import { createInterface } from 'node:readline/promises';
import type { CompactEvent } from '../campaign/compact-trace.ts';
import { durationText } from '../report/figure.ts';
import type { Palette } from '../report/palette.ts';
import { visibleText } from '../report/visible-text.ts';
import { paletteFor } from './colour.ts';

/** All at once where stdin or stdout is no terminal. */
export async function showSteps(events: readonly CompactEvent[]): Promise<void> {
  const palette = paletteFor(process.stdout);
  const lanes = Math.max(0, ...events.map(({ lane }) => lane.length));
  const lines = events.map((event) => stepLine(event, lanes, palette));
  if (process.stdin.isTTY && process.stdout.isTTY) await page(lines);
  else process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** Faults are marked `!!`, trouble `!`. */
export function stepLine(event: CompactEvent, lanes: number, palette: Palette): string {
  const { seq, atMs, lane, toLane, tone, text } = event;
  const to = toLane === null ? '' : `-> ${visibleText(toLane)}  `;
  const line = `${String(seq).padStart(5)}  ${durationText(atMs).padStart(11)}  ${visibleText(lane).padEnd(lanes)}  ${to}${visibleText(text)}`;
  switch (tone) {
    case 'fault':
      return palette.bad(`!! ${line}`);
    case 'trouble':
      return palette.warn(`!  ${line}`);
    case 'end':
      return palette.bold(`   ${line}`);
    case 'call':
    case 'reply':
    case 'handoff':
    case 'decision':
      return `   ${line}`;
  }
}

async function page(lines: readonly string[]): Promise<void> {
  const input = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<'end'>((resolve) => input.once('close', () => resolve('end')));
  try {
    for (const [index, line] of lines.entries()) {
      process.stdout.write(`${line}\n`);
      if (index === lines.length - 1) return;
      const answer = await Promise.race([input.question('Enter: next, q: to the end '), ended]);
      if (answer !== '') return void process.stdout.write(`${lines.slice(index + 1).join('\n')}\n`);
    }
  } finally {
    input.close();
  }
}
