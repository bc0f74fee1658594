// The report for a terminal: warnings, the table, twins, failures with their replay lines, and the gate last.
import type { CampaignSummary } from '../campaign/summary.ts';
import type { FailureGroup } from './failure-group.ts';
import { durationText, pluralText } from './figure.ts';
import { gateText } from './gate-text.ts';
import { plainPalette, verdictPaint } from './palette.ts';
import type { Palette } from './palette.ts';
import type { ReportData } from './report-data.ts';
import { scenarioTable, twinTable } from './terminal-table.ts';
import { visibleText } from './visible-text.ts';

const GROUPS_MAX = 10;

/** Colour only with a palette that has any; every text from outside is made printable first. Ends with a newline. */
export function terminalReport(data: ReportData, palette: Palette = plainPalette): string {
  const { summary } = data;
  const blocks = [
    ...warningBlock(summary.warnings, palette),
    ...(summary.scenarios.length === 0 ? [] : [scenarioTable(summary.scenarios, palette)]),
    ...(summary.twins.length === 0 ? [] : [twinTable(summary.twins, palette)]),
    ...failureBlocks(data, palette),
    gateBlock(data, palette),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function warningBlock(warnings: readonly string[], palette: Palette): readonly string[] {
  if (warnings.length === 0) return [];
  return [warnings.map((warning) => `${palette.warn('warning')}  ${visibleText(warning)}`).join('\n')];
}

function failureBlocks(data: ReportData, palette: Palette): readonly string[] {
  const { groups, failedTrials } = data;
  if (groups.length === 0) return [];
  const shown = groups.slice(0, GROUPS_MAX);
  const shrunk = groups.reduce((sum, group) => sum + group.failures.length, 0);
  const head = `${pluralText(failedTrials, 'failing trial')}; ${shrunk} shown, in ${pluralText(groups.length, 'group')}`;
  const rest = groups.length - shown.length;
  return [
    palette.bold(head),
    ...shown.map((group, index) => failureBlock(group, index + 1, palette)),
    ...(rest > 0 ? [palette.dim(`and ${pluralText(rest, 'more group')} in the HTML report`)] : []),
  ];
}

function failureBlock(group: FailureGroup, ordinal: number, palette: Palette): string {
  const { example } = group;
  const faults = group.faults.length === 0 ? 'no fault' : group.faults.join(' + ');
  const title = `${ordinal}) ${group.scenario}: ${faults}, ${pluralText(group.failures.length, 'failure')}`;
  const injections = example.shrunk.injections.map((injection) => JSON.stringify(injection));
  return [
    palette.bad(visibleText(title)),
    line('outcome', `${example.outcome}: ${example.why}`),
    ...divergenceLines(group),
    ...injections.map((injection, index) => line(index === 0 ? 'plan' : '', injection)),
    `${label('replay')}${palette.bold(visibleText(example.replay))}`,
  ].join('\n');
}

function divergenceLines({ example: { divergence } }: FailureGroup): readonly string[] {
  if (divergence === null) return [];
  const control = divergence.control === null ? 'had ended' : divergence.control;
  return [
    line('diverges', `step ${divergence.step}, ${divergence.agent}: ${divergence.what}`),
    line('control', control),
  ];
}

function line(name: string, text: string): string {
  return label(name) + visibleText(text);
}

function label(name: string): string {
  return `   ${name.padEnd(9)} `;
}

function gateBlock({ campaign, summary }: ReportData, palette: Palette): string {
  const trials = summary.scenarios.reduce((sum, scenario) => sum + scenario.trials, 0);
  const pace = `${pluralText(trials, 'trial')} in ${durationText(campaign.wall.durationMs)}`;
  const paint = verdictPaint(palette, summary.verdict);
  return [
    ...gateReasons(summary, palette),
    `${paint(palette.bold(`gate ${summary.verdict}`))}  ${gateText(summary)}`,
    palette.dim(`seed ${summary.seed}, profile ${summary.profile}, ${pace}`),
  ].join('\n');
}

function gateReasons({ scenarios }: CampaignSummary, palette: Palette): readonly string[] {
  return scenarios
    .filter((scenario) => scenario.verdict !== 'pass')
    .map((scenario) => {
      const verdict = verdictPaint(palette, scenario.verdict)(scenario.verdict);
      return `${verdict}  ${visibleText(scenario.id)}: ${visibleText(scenario.gate.reason)}`;
    });
}
