// The file `junit.xml`: one test case a scenario, for the test panel of a CI server.
import { exitCodeOf } from '../campaign/gate.ts';
import type { ScenarioSummary } from '../campaign/summary.ts';
import type { ReportData } from './report-data.ts';

/** What no XML 1.0 document may hold, in any form: most control characters, lone surrogates, U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
/** Escape sequences go as a whole, lest `[31m` be left behind. */
// oxlint-disable-next-line no-control-regex -- these characters are what it is about
const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Text for an attribute or an element: forbidden characters removed, the rest escaped. */
export function xmlText(text: string): string {
  return text
    .replace(ANSI, '')
    .replace(FORBIDDEN, '')
    .replace(/[&<>"'\n\r\t]/g, (character) => escapes[character] ?? '');
}

/** The suite is named after the seed's campaign; a failing case names each group's replay line. */
export function junitXml(data: ReportData): string {
  const cases = data.summary.scenarios.map((scenario) => ({ scenario, result: resultOf(data, scenario) }));
  const having = (kind: Result['kind']): number => cases.filter(({ result }) => result.kind === kind).length;
  const seconds = (data.campaign.wall.durationMs / 1000).toFixed(3);
  const totals = `tests="${cases.length}" failures="${having('failure')}" errors="${having('error')}" skipped="${having('skipped')}" time="${seconds}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="muster" ${totals}>`,
    `  <testsuite name="muster" ${totals}>`,
    '    <properties>',
    `      <property name="seed" value="${data.summary.seed}"/>`,
    `      <property name="profile" value="${xmlText(data.summary.profile)}"/>`,
    `      <property name="verdict" value="${data.summary.verdict}"/>`,
    '    </properties>',
    ...cases.map(({ scenario, result }) => caseXml(data, scenario, result)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

interface Result {
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped';
  readonly text: string;
}

/** An inconclusive scenario fails where the profile stops on it, and is skipped where it does not. */
function resultOf({ summary, groups }: ReportData, scenario: ScenarioSummary): Result {
  const replays = groups
    .filter((group) => group.scenario === scenario.id)
    .map((group) => `${group.faults.join(' + ')}: ${group.example.why}\n${group.example.replay}`);
  const text = [scenario.gate.reason, ...replays].join('\n');
  switch (scenario.verdict) {
    case 'pass':
      return { kind: 'passed', text };
    case 'fail':
      return { kind: 'failure', text };
    case 'error':
      return { kind: 'error', text };
    case 'inconclusive':
      return { kind: exitCodeOf('inconclusive', summary.profile) === 0 ? 'skipped' : 'failure', text };
  }
}

function caseXml(data: ReportData, scenario: ScenarioSummary, result: Result): string {
  const ms = data.campaign.wall.scenarioMs[scenario.id] ?? 0;
  const open = `    <testcase classname="${xmlText(scenario.subject)}" name="${xmlText(scenario.id)}" time="${(ms / 1000).toFixed(3)}"`;
  const reason = xmlText(scenario.gate.reason);
  switch (result.kind) {
    case 'passed':
      return `${open}>\n      <system-out>${reason}</system-out>\n    </testcase>`;
    case 'skipped':
      return `${open}>\n      <skipped message="${reason}"/>\n    </testcase>`;
    case 'failure':
    case 'error':
      return `${open}>\n      <${result.kind} message="${reason}" type="${scenario.verdict}">${xmlText(result.text)}</${result.kind}>\n    </testcase>`;
  }
}
