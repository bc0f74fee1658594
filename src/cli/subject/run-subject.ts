// Running an ad-hoc subject: a program under plans, with a report as any suite has one.
import { elapsedMs, wallClock } from '../../base/clock.ts';
import { MusterError } from '../../base/muster-error.ts';
import { exitCodeOf } from '../../campaign/gate.ts';
import { adHocScenario, runAdHoc } from '../../campaign/ad-hoc.ts';
import { warningsOf } from '../../campaign/warnings.ts';
import type { CampaignRecord } from '../../campaign/record.ts';
import { wirePlans } from '../../chaos/wire-plans.ts';
import type { Subject } from '../../engine/run.ts';
import { reportData } from '../../report/report-data.ts';
import { visibleText } from '../../report/visible-text.ts';
import { requireWritableReports } from '../../vitest/report-folder.ts';
import type { MusterSettings } from '../../vitest/settings.ts';
import { onInterrupt } from '../interrupt.ts';
import { settingsOf, type RunFlags } from '../run-flags.ts';
import { tellCampaign } from '../tell-campaign.ts';
import type { ExitStatus } from '../verb.ts';
import { adHocFile, adHocText, openAdHoc, type AdHocSubject } from './ad-hoc-subject.ts';
import { adHocOf, type SubjectFlags } from './subject-flags.ts';

/** A run is a process in real time: fewer than a suite's prove less, and the report says how much. */
const usualTrials = 3;

export async function runSubject(
  command: string,
  words: readonly string[],
  flags: RunFlags & SubjectFlags,
): Promise<ExitStatus> {
  refuseSuiteWords(words, flags);
  const settings = settingsOf(flags);
  requireWritableReports(settings.root);
  const given = adHocOf(command, flags);
  const { subject, chaos } = openAdHoc(given, settings.root);
  const own = chaos === null ? wirePlans : [chaos];
  const told = { ...given, plans: given.plans.length === 0 ? own : given.plans };
  refuseTwins(subject, told);
  const campaign = await measured(subject, told, settings);
  const data = reportData(campaign);
  const files = [[adHocFile, adHocText(told)]] as const;
  const isWritten = tellCampaign(data, { root: settings.root, flags, more: files });
  return isWritten ? exitCodeOf(data.summary.verdict, settings.profile) : 2;
}

async function measured(
  subject: Subject,
  { mission, plans }: AdHocSubject,
  { seed, trials, profile }: MusterSettings,
): Promise<CampaignRecord> {
  const [startedAtMs, elapsedAtMs] = [wallClock.now(), elapsedMs()];
  const release = stopOnSignals();
  try {
    const scenarios = await runAdHoc({
      subject,
      mission,
      plans,
      seed,
      trials: trials ?? usualTrials,
      onTrial: showTrial,
    });
    const wall = { startedAtMs, durationMs: elapsedMs() - elapsedAtMs, workers: 1, scenarioMs: {} };
    return { schemaVersion: 1, seed, profile, scenarios, warnings: warningsOf(scenarios), wall };
  } finally {
    release();
    eraseLine();
  }
}

/** Ending this process ends what it has started. */
function stopOnSignals(): () => void {
  const end = (): never => process.exit(143);
  const release = onInterrupt(async () => Promise.resolve());
  process.once('SIGTERM', end);
  process.once('SIGHUP', end);
  return () => {
    release();
    process.off('SIGTERM', end);
    process.off('SIGHUP', end);
  };
}

function showTrial(scenario: string, trial: number): void {
  if (!process.stderr.isTTY) return;
  eraseLine();
  process.stderr.write(
    `trial ${trial}  ${visibleText(scenario)}`.slice(0, (process.stderr.columns || 80) - 1),
  );
}

function eraseLine(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}

function refuseSuiteWords(words: readonly string[], { shard, lastFailed, tags, workers }: RunFlags): void {
  const [stray] = [
    ...words,
    ...(shard === undefined ? [] : ['--shard']),
    ...(lastFailed === true ? ['--last-failed'] : []),
    ...(tags === undefined ? [] : ['--tags']),
    ...(workers === undefined ? [] : ['--workers']),
  ];
  if (stray === undefined) return;
  throw new MusterError({
    code: 'BAD_USAGE',
    place: '--subject',
    message: 'this chooses suites, and --subject runs none',
    value: stray,
    hint: 'put the whole command in quotes: --subject "python team.py --fast"',
  });
}

function refuseTwins(subject: Subject, { plans }: AdHocSubject): void {
  const ids = plans.map((plan) => adHocScenario(subject, plan));
  const twin = ids.find((id, index) => ids.indexOf(id) < index);
  if (twin === undefined) return;
  throw new MusterError({
    code: 'SCENARIO_TWICE',
    place: '--plan',
    message: 'two plans have one name',
    value: twin,
    hint: 'an id names one claim; rename one of them',
  });
}
