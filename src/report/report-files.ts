// The files of a report: every format under the path that it has in `reports/latest/`.
import { failureJson, failurePath } from './failure-json.ts';
import { htmlReport } from './html.ts';
import { junitXml } from './junit.ts';
import type { ReportData } from './report-data.ts';
import { summaryJson } from './summary-json.ts';
import { summaryMarkdown } from './summary-md.ts';
import { trialsJsonl } from './trials-jsonl.ts';

/** Path (relative, with `/`) to text. The caller writes them; `traces/` is not among them. */
export function reportFiles(data: ReportData): ReadonlyMap<string, string> {
  const failures = data.campaign.scenarios.flatMap((scenario) => scenario.failures);
  return new Map([
    ['trials.jsonl', trialsJsonl(data)],
    ['summary.json', summaryJson(data)],
    ['index.html', htmlReport(data)],
    ['junit.xml', junitXml(data)],
    ['summary.md', summaryMarkdown(data)],
    ...failures.map((failure) => [failurePath(failure.id), failureJson(failure)] as const),
  ]);
}
