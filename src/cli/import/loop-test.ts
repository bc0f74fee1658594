// From loop to test: an imported trace that loops becomes a cassette, a trace, a regression and a suite of the project.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MusterError } from '../../base/muster-error.ts';
import { incidentCassette } from '../../campaign/incident/incident-cassette.ts';
import { incidentScenario, incidentSuite } from '../../campaign/incident/incident-suite.ts';
import { roundText } from '../../campaign/incident/round-file.ts';
import { calmPlan } from '../../campaign/regression.ts';
import type { Imported } from '../../import/imported.ts';
import { cassetteText } from '../../llm/cassette/cassette-file.ts';
import { traceLines } from '../../trace/trace-file.ts';
import { incidentIn, type Incident, type IncidentFlags } from './incident-loop.ts';
import { writeScanned } from './trace-output.ts';

export interface LoopTestFlags extends IncidentFlags {
  /** Names the files; the file's own name where null. */
  readonly name: string | null;
  /** The project's folder. */
  readonly out: string;
}

export interface LoopTest {
  readonly name: string;
  /** Relative to `out`, in the order in which they were written. */
  readonly paths: readonly string[];
  readonly why: string;
  /** What was seen of the trace without its repetitions. */
  readonly mended: string;
  readonly scenario: string;
  /** Model calls of which the file holds what they were asked, of all. */
  readonly asksKnown: number;
  readonly asks: number;
}

/** Writes all files or none. Throws IMPORT_NO_LOOP, IMPORT_NO_RUN, MARK_*, IMPORT_EXISTS, IMPORT_SECRET_LEFT. */
export function writeLoopTest(file: string, imported: Imported, flags: LoopTestFlags): LoopTest {
  const incident = incidentIn(file, imported, flags);
  const { trace, asks, why, mended } = incident;
  const name = slug(flags.name ?? basename(file).replace(/\.[^.]*$/, ''));
  const texts = { ...configFor(flags.out), ...textsOf(name, incident) };
  writeAll(flags.out, texts);
  return {
    name,
    paths: Object.keys(texts),
    why,
    mended,
    scenario: incidentScenario(name),
    asksKnown: asks.filter(({ input }) => input !== null).length,
    asks: trace.events.filter(({ kind }) => kind === 'model.called').length,
  };
}

const configText = `import { muster } from 'passmuster/vitest';
import { defineConfig } from 'vitest/config';

export default defineConfig({ plugins: [muster()] });
`;

/** A folder without any config of vitest gets the one that suites need. */
function configFor(root: string): Readonly<Record<string, string>> {
  const names = existsSync(root) ? readdirSync(root) : [];
  return names.some((name) => /^vite(?:st)?\.(?:config|workspace)\./.test(name))
    ? {}
    : { 'vitest.config.mts': configText };
}

/** By path; the suite comes last, for it needs the others. */
function textsOf(name: string, { why, round, trace, asks }: Incident): Readonly<Record<string, string>> {
  const regression = {
    schemaVersion: 1,
    id: name,
    scenario: incidentScenario(name),
    seed: trace.seed,
    plan: calmPlan,
    outcome: 'absorbed',
    why: `expected no loop: ${why}`,
  };
  return {
    [join('fixtures', 'cassettes', `${name}.json`)]: cassetteText(incidentCassette(trace, asks)),
    [join('fixtures', 'traces', `${name}.ndjson`)]: [...traceLines([trace])].join(''),
    [join('fixtures', 'regressions', `${name}.json`)]: `${JSON.stringify(regression, null, 2)}\n`,
    ...(round === null ? {} : { [join('fixtures', 'rounds', `${name}.json`)]: roundText(round) }),
    [join('suites', `${name}.suite.ts`)]: incidentSuite({ name, why, mark: round }),
  };
}

/** What is there already is somebody's work: it is never written over. */
function writeAll(root: string, texts: Readonly<Record<string, string>>): void {
  const paths = Object.keys(texts).map((path) => join(root, path));
  const there = paths.find((path) => existsSync(path));
  if (there !== undefined)
    throw new MusterError({
      code: 'IMPORT_EXISTS',
      place: there,
      message: 'a file of this name is there already, so nothing was written',
      hint: '--name gives the test another name',
    });
  try {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeScanned(text, { path: join(root, path), redaction: 'secrets' });
    }
  } catch (error) {
    for (const path of paths) rmSync(path, { force: true });
    throw error;
  }
}

const nameLengthMax = 60;

/** A foreign name as a file may have it: no path, no code. */
function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, nameLengthMax)
    .replaceAll(/^-+|-+$/g, '');
  return plain === '' ? 'incident' : plain;
}
