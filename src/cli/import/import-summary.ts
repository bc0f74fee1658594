// The summary of an imported file, as `--json` prints it and as a person reads it.
import type { Skipped } from '../../import/format.ts';
import type { ImportCounts } from '../../import/import-summary.ts';
import type { Loop } from '../../loop/loop.ts';
import type { Palette } from '../../report/palette.ts';
import { visibleText } from '../../report/visible-text.ts';

/** Exactly these keys, in this order. */
export interface ImportSummary extends ImportCounts {
  readonly format: string;
  readonly skipped: readonly Skipped[];
  readonly loops: readonly LoopLine[];
}

type LoopLine = Pick<
  Loop,
  'kind' | 'agents' | 'tools' | 'firstStep' | 'period' | 'repetitions' | 'tokens' | 'reason'
>;

export interface SummaryParts {
  readonly format: string;
  readonly counts: ImportCounts;
  readonly skipped: readonly Skipped[];
  readonly loops: readonly Loop[];
}

export function importSummary({ format, counts, skipped, loops }: SummaryParts): ImportSummary {
  return { format, ...counts, skipped, loops: loops.map(lineOf) };
}

function lineOf({ kind, agents, tools, firstStep, period, repetitions, tokens, reason }: Loop): LoopLine {
  return { kind, agents, tools, firstStep, period, repetitions, tokens, reason };
}

/** Who went round and round comes first: that is what the person is after. */
export function summaryText(file: string, summary: ImportSummary, palette: Palette): string {
  const { format, agents, modelCalls, toolCalls, handoffs, tokens, events, skipped } = summary;
  const tools = Object.entries(toolCalls).map(([tool, count]) => `${visibleText(tool)} ${count}`);
  const unknown = tokens.unknownCalls === 0 ? '' : `, unknown for ${tokens.unknownCalls} calls`;
  return [
    `${palette.bold(visibleText(file))}  ${format}, ${events} events`,
    ...loopLines(summary, palette),
    `  agents   ${agents.map(visibleText).join(', ') || 'none named'}`,
    `  calls    ${modelCalls} of models, ${tools.length === 0 ? 'no tools' : `tools: ${tools.join(', ')}`}`,
    `  handoffs ${handoffs}`,
    `  tokens   ${tokens.input} in, ${tokens.output} out${unknown}`,
    ...skipped.map(({ what, count, why }) =>
      palette.dim(`  skipped  ${count} ${visibleText(what)}: ${visibleText(why)}`),
    ),
    '',
  ].join('\n');
}

function loopLines({ loops }: ImportSummary, palette: Palette): readonly string[] {
  if (loops.length === 0) return [`  loops    ${palette.good('none found')}`];
  return loops.map(
    ({ kind, agents, firstStep, period, repetitions, tokens, reason }) =>
      `  ${palette.bad('loop')}     ${kind} of ${agents.map(visibleText).join(', ')} from step ${firstStep}, period ${period}, ` +
      `${repetitions} times, ${tokens} tokens: ${visibleText(reason)}`,
  );
}
