// Can a report be written?
import { latestReport, requireWritableReports } from '../../vitest/report-folder.ts';
import { isMusterError } from '../../vitest/suite-mistake.ts';
import type { Finding } from './finding.ts';

/** Leaves nothing behind but the folder `reports`. */
export function checkReports(root: string): Finding {
  const check = 'reports';
  try {
    requireWritableReports(root);
    return { check, state: 'ok', reason: `${latestReport} can be written` };
  } catch (error) {
    if (!isMusterError(error)) throw error;
    return { check, state: 'fail', reason: error.message.split('\n')[0] ?? error.message };
  }
}
