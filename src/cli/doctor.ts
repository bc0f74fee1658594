// The verb doctor: says whether this machine can run muster, and whether what it would measure can be believed.
import Table from 'cli-table3';
import { paletteFor } from './colour.ts';
import { checkNetwork } from './doctor/network.ts';
import { checkNode } from './doctor/node-version.ts';
import { checkReports } from './doctor/reports.ts';
import { checkDeterminism } from './doctor/determinism.ts';
import type { Finding } from './doctor/finding.ts';
import type { ExitStatus, Verb } from './verb.ts';

const help = `
Exit code 0 when all is well, 2 otherwise; unknown is not well.

Example:
  $ muster doctor --json`;

export const doctorVerb: Verb = (program, setExit) => {
  program
    .command('doctor')
    .description('check node, the network block, reports/, and that one seed gives one trace')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', help)
    .action(async (flags: { readonly json?: boolean }) => setExit(await doctor(flags)));
};

const checks: readonly (() => Finding | Promise<Finding>)[] = [
  () => checkNode(process.versions.node),
  checkNetwork,
  () => checkReports(process.cwd()),
  checkDeterminism,
];

async function doctor({ json }: { readonly json?: boolean }): Promise<ExitStatus> {
  const findings: Finding[] = [];
  for (const check of checks) findings.push(await examined(check));
  process.stdout.write(json === true ? `${JSON.stringify(findings, null, 2)}\n` : `${tableOf(findings)}\n`);
  return findings.every(({ state }) => state === 'ok') ? 0 : 2;
}

/** A check that breaks has found nothing out. */
async function examined(check: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { check: check.name, state: 'unknown', reason: `the check itself broke: ${why}` };
  }
}

function tableOf(findings: readonly Finding[]): string {
  const { bold, good, warn, bad } = paletteFor(process.stdout);
  const paint = { ok: good, unknown: warn, fail: bad };
  const head = ['check', 'state', 'reason'].map(bold);
  const table = new Table({ style: { head: [], border: [] }, head });
  for (const { check, state, reason } of findings) table.push([check, paint[state](state), reason]);
  return table.toString();
}
