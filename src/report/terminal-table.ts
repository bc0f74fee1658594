// The tables of the terminal report: scenarios, and a naive team against its stewarded twin.
import Table from 'cli-table3';
import type { OutcomeCounts, TwinTally } from '../campaign/record.ts';
import { outcomesWorstFirst } from '../campaign/summary.ts';
import type { ScenarioSummary, TwinSummary } from '../campaign/summary.ts';
import { countText, shareText } from './figure.ts';
import { outcomePaint, verdictPaint } from './palette.ts';
import type { Palette } from './palette.ts';
import { visibleText } from './visible-text.ts';

/** No colours of the table's own: the palette is the only source. */
const unstyled = { style: { head: [], border: [] } };

const WHY_MAX = 110;

/** One row a scenario: counts, rate, what is proven, outcomes, verdict. */
export function scenarioTable(scenarios: readonly ScenarioSummary[], palette: Palette): string {
  const head = ['scenario', 'trials', 'passed', 'failed', 'rate', 'proven', 'outcomes', 'verdict'];
  const table = new Table({
    ...unstyled,
    head: head.map(palette.bold),
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'left', 'left'],
  });
  for (const scenario of scenarios) table.push(scenarioCells(scenario, palette));
  return table.toString();
}

function scenarioCells(scenario: ScenarioSummary, palette: Palette): string[] {
  const { rate, bounds, verdict } = scenario;
  const failed = countText(scenario.failed);
  return [
    `${visibleText(scenario.id)}\n${palette.dim(visibleText(scenario.subject))}`,
    countText(scenario.trials),
    countText(scenario.passed),
    scenario.failed > 0 ? palette.bad(failed) : failed,
    shareText(rate),
    rate === null ? '–' : `≥ ${shareText(bounds.lower)}`,
    outcomeLines(scenario.outcomes, palette),
    verdictPaint(palette, verdict)(verdict),
  ];
}

/** One row a fault family of every pair: what the naive team came to, and its stewarded twin. */
export function twinTable(twins: readonly TwinSummary[], palette: Palette): string {
  const head = ['fault family and team', 'without a steward', 'with a steward'];
  const table = new Table({
    ...unstyled,
    head: head.map(palette.bold),
    colWidths: [40, 40, 30],
    wordWrap: true,
  });
  for (const twin of twins) {
    const team = palette.dim(visibleText(twin.stewarded));
    for (const { family, naive, stewarded } of twin.rows)
      table.push([
        `${visibleText(family)}\n${team}`,
        tallyText(naive, palette),
        tallyText(stewarded, palette),
      ]);
  }
  return `${palette.bold('The same faults, without and with a steward')}\n${table.toString()}`;
}

function tallyText(tally: TwinTally, palette: Palette): string {
  const outcomes = outcomeLines(tally.outcomes, palette);
  return tally.why === null ? outcomes : `${outcomes}\n${palette.dim(clipped(visibleText(tally.why)))}`;
}

function outcomeLines(outcomes: OutcomeCounts, palette: Palette): string {
  const lines = outcomesWorstFirst.flatMap((outcome) => {
    const count = outcomes[outcome] ?? 0;
    return count === 0 ? [] : [outcomePaint(palette, outcome)(`${countText(count)} ${outcome}`)];
  });
  return lines.length === 0 ? '–' : lines.join('\n');
}

function clipped(text: string): string {
  const characters = Array.from(text);
  return characters.length <= WHY_MAX ? text : `${characters.slice(0, WHY_MAX - 1).join('')}…`;
}
