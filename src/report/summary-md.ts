// The file `summary.md`: the step summary of a GitHub job. All foreign text is written so that none of it is markup.
import type { OutcomeCounts } from '../campaign/record.ts';
import { outcomesWorstFirst } from '../campaign/summary.ts';
import type { ScenarioSummary, TwinSummary } from '../campaign/summary.ts';
import type { Verdict } from '../campaign/gate.ts';
import type { FailureGroup } from './failure-group.ts';
import { countText, pluralText, shareText } from './figure.ts';
import { gateText } from './gate-text.ts';
import type { ReportData } from './report-data.ts';
import { visibleText } from './visible-text.ts';

const GROUPS_MAX = 10;

const marks: Readonly<Record<Verdict, string>> = {
  pass: '✅ pass',
  inconclusive: '⚠️ inconclusive',
  fail: '❌ fail',
  error: '❗ error',
};

/** GitHub cuts a summary at 1 MiB; the groups shown are limited, so that the gate is never cut off. */
export function summaryMarkdown(data: ReportData): string {
  const { summary, groups } = data;
  const blocks = [
    `## muster: ${marks[summary.verdict]}\n\n${gateText(summary)} · seed \`${summary.seed}\` · profile \`${summary.profile}\``,
    ...summary.warnings.map((warning) => `> [!WARNING]\n> ${codeText(warning)}`),
    ...(summary.scenarios.length === 0 ? [] : [scenarioRows(summary.scenarios)]),
    ...summary.twins.map(twinRows),
    ...(groups.length === 0
      ? []
      : [`### Failures\n\n${groups.slice(0, GROUPS_MAX).map(groupText).join('\n\n')}`]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/**
 * Foreign text as inline code. All but letters, digits and a few harmless signs become numeric references, which
 * Markdown takes for text and never for structure (CommonMark 2.5), in a table cell too.
 */
export function codeText(text: string): string {
  const safe = visibleText(text).replace(
    /[^\p{L}\p{N} .,;()/-]/gu,
    (character) => `&#${character.codePointAt(0)};`,
  );
  return `<code>${safe}</code>`;
}

function scenarioRows(scenarios: readonly ScenarioSummary[]): string {
  const rows = scenarios.map((scenario) => {
    const proven = scenario.rate === null ? '–' : `≥ ${shareText(scenario.bounds.lower)}`;
    const counts = [scenario.trials, scenario.passed, scenario.failed].map(countText).join(' | ');
    return `| ${codeText(scenario.id)} | ${codeText(scenario.subject)} | ${counts} | ${shareText(scenario.rate)} | ${proven} | ${marks[scenario.verdict]} |`;
  });
  const reasons = scenarios
    .filter((scenario) => scenario.verdict !== 'pass')
    .map((scenario) => `- ${codeText(scenario.id)}: ${codeText(scenario.gate.reason)}`);
  const table = [
    '| scenario | team | trials | passed | failed | rate | proven | verdict |',
    '| :-- | :-- | --: | --: | --: | --: | --: | :-- |',
    ...rows,
  ].join('\n');
  return reasons.length === 0 ? table : `${table}\n\n${reasons.join('\n')}`;
}

function twinRows(twin: TwinSummary): string {
  return [
    `### ${codeText(twin.naive)} against ${codeText(twin.stewarded)}\n`,
    '| fault family | naive | stewarded |',
    '| :-- | :-- | :-- |',
    ...twin.rows.map(
      ({ family, naive, stewarded }) =>
        `| ${codeText(family)} | ${outcomesText(naive.outcomes)} | ${outcomesText(stewarded.outcomes)} |`,
    ),
  ].join('\n');
}

function outcomesText(outcomes: OutcomeCounts): string {
  const parts = outcomesWorstFirst.flatMap((outcome) => {
    const count = outcomes[outcome] ?? 0;
    return count === 0 ? [] : [`${countText(count)} ${outcome}`];
  });
  return parts.length === 0 ? '–' : parts.join(', ');
}

function groupText(group: FailureGroup): string {
  const { example } = group;
  const faults = group.faults.length === 0 ? 'no fault' : codeText(group.faults.join(' + '));
  const diverges = group.divergence === null ? [] : [`- first divergent step: ${codeText(group.divergence)}`];
  return [
    `**${pluralText(group.failures.length, 'failure')}** of ${codeText(group.scenario)} under ${faults}\n`,
    `- ${example.outcome}: ${codeText(example.why)}`,
    ...diverges,
    `- plan: ${codeText(JSON.stringify(example.shrunk.injections))}`,
    `- replay: ${codeText(example.replay)}`,
  ].join('\n');
}
