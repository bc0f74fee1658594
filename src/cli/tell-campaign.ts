// Telling a campaign: writes its report, and prints it as the flags ask.
import { join, relative } from 'node:path';
import { gateText } from '../report/gate-text.ts';
import type { ReportData } from '../report/report-data.ts';
import { reportFiles } from '../report/report-files.ts';
import { summaryJson } from '../report/summary-json.ts';
import { terminalReport } from '../report/terminal.ts';
import { latestReport, writeReport } from '../vitest/report-folder.ts';
import { paletteFor } from './colour.ts';
import { tellMistake } from './mistake.ts';
import type { RunFlags } from './run-flags.ts';

export interface Telling {
  readonly root: string;
  readonly flags: Pick<RunFlags, 'json' | 'reporter'>;
  /** Files beside those of every report: path to text. */
  readonly more: readonly (readonly [path: string, text: string])[];
}

/** False when the report could not be written; what was measured is printed all the same. */
export function tellCampaign(data: ReportData, { root, flags, more }: Telling): boolean {
  const isWritten = write(root, new Map([...reportFiles(data), ...more]));
  print(data, flags, isWritten ? join(root, latestReport) : null);
  return isWritten;
}

function write(root: string, files: ReadonlyMap<string, string>): boolean {
  try {
    writeReport(root, files);
    return true;
  } catch (error) {
    tellMistake(error);
    return false;
  }
}

/** `reportPath` is null where nothing was written. */
function print(data: ReportData, flags: Telling['flags'], reportPath: string | null): void {
  const { stdout } = process;
  if (flags.json === true) return void stdout.write(summaryJson(data));
  if (flags.reporter === 'quiet') stdout.write(`gate ${data.summary.verdict}  ${gateText(data.summary)}\n`);
  else stdout.write(terminalReport(data, paletteFor(stdout)));
  if (reportPath !== null)
    stdout.write(`report  ${relative(process.cwd(), join(reportPath, 'index.html'))}\n`);
}
